#!/usr/bin/env python3
"""Downloads the lake out of a bucket and reads it with DuckDB. usage: lake.py ENDPOINT BUCKET ACCESS_KEY SECRET_KEY FOLDER

Prints one line of JSON: objects, rows, different submissions, persons (the sum of household_size), rows by day; field records, those
edited by hand, and the sum of the daily counts where these datasets are there.
"""
import json
import sys
from pathlib import Path

import boto3
import duckdb

endpoint, bucket, key, secret, folder = sys.argv[1:]
s3 = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id=key, aws_secret_access_key=secret)
folder = Path(folder)
for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
    for item in page.get("Contents", []):
        path = folder / item["Key"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(s3.get_object(Bucket=bucket, Key=item["Key"])["Body"].read())

answer = {name: {} for name in ("objects", "rows", "distinct", "persons", "days", "fields", "typed", "daily")}
for form, reader in (("jsonl", "read_json_auto"), ("csv", "read_csv_auto")):
    found = list(folder.glob(f"**/*.{form}"))
    answer["objects"][form] = len(found)
    if not found:
        continue
    source = f"{reader}('{folder}/submissions/**/*.{form}', hive_partitioning = true, union_by_name = true)"
    answer["rows"][form], answer["distinct"][form], answer["persons"][form] = duckdb.sql(
        f"SELECT count(*), count(DISTINCT submission_id), coalesce(sum(household_size), 0)::BIGINT FROM {source}"
    ).fetchall()[0]
    if form == "jsonl":
        days = duckdb.sql(f"SELECT dt::VARCHAR, count(*) FROM {source} WHERE stage = 'test' GROUP BY dt ORDER BY dt").fetchall()
        answer["days"] = dict(days)
    for dataset, counts in (("fields", {"fields": "count(DISTINCT (submission_id, field))", "typed": "count(*) FILTER (outcome = 'typed')"}),
                            ("daily", {"daily": "sum(submissions) FILTER (field = 'all')"})):
        if list(folder.glob(f"{dataset}/**/*.{form}")):
            part = f"{reader}('{folder}/{dataset}/**/*.{form}', hive_partitioning = true, union_by_name = true)"
            for name, count in counts.items():
                answer[name][form] = int(duckdb.sql(f"SELECT {count} FROM {part}").fetchall()[0][0])
print(json.dumps(answer), flush=True)
