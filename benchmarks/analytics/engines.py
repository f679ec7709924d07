#!/usr/bin/env python3
"""DuckDB and Spark read the lake: rows and checksums per partition, and the README's example queries, beside `acogida sql`.

usage: engines.py LAKE BINARY [--no-spark]      with XDG_DATA_HOME and XDG_CONFIG_HOME as the program is to see them

Exit code 1 at the first difference.
"""
import csv
import io
import pathlib
import re
import subprocess
import sys
import time

import duckdb

TABLES = ("submissions", "fields", "daily")
# Per partition: rows, and a sum over numbers and lengths of texts that no lost, doubled or split row leaves as it is.
CHECKS = {
    "submissions": "count(*), sum(length(submission_id)), sum(household_size), sum(length(municipality)), count(needs)",
    "fields": "count(*), sum(length(field)), sum(length(value)), sum(length(said)), sum(valid), sum(recogniser_ms)",
    "daily": "sum(submissions), sum(submissions * length(value)), count(DISTINCT value)",
}


def examples():
    """The queries of the README, between the marks."""
    text = (pathlib.Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- queries -->\n```sql\n(.*?)```", text, re.S)
    return [q.strip() for q in block.group(1).split(";") if q.strip()] if block else []


def plain(value):
    if value is None or value == "":
        return ""
    if isinstance(value, float) or re.fullmatch(r"-?\d+\.\d+", str(value)):
        return f"{float(value):.6g}"
    return str(value)


def rows(answer):
    return [tuple(plain(v) for v in row) for row in answer]


def ours(binary, query):
    out = subprocess.run([binary, "sql", "--format", "csv", query], capture_output=True, text=True)
    if out.returncode:
        sys.exit(f"acogida sql: {out.stderr}")
    return rows(list(csv.reader(io.StringIO(out.stdout, newline="")))[1:])


def main():
    lake, binary = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    queries = [(f"checks of {t}", f"SELECT stage, office, dt, form, {CHECKS[t]} FROM {t} GROUP BY stage, office, dt, form ORDER BY stage, office, dt, form")
               for t in TABLES] + [(f"example {n}", q) for n, q in enumerate(examples(), 1)]
    began = time.time()
    reference = [ours(binary, query) for _, query in queries]
    print(f"acogida sql: {len(queries)} queries, {time.time() - began:.1f} s")
    engines = {}
    import os
    os.chdir(lake)
    for form in ("jsonl", "csv"):
        if not list(lake.glob(f"daily/**/*.{form}")):
            continue
        connection = duckdb.connect()
        definitions = (lake / "_acogida/duckdb.sql").read_text()
        if form == "csv":
            definitions = re.sub(r"read_json\('(\w+)/\*\*/\*\.jsonl', format = 'newline_delimited', ", r"""read_csv('\1/**/*.csv', header = true, delim = ',', quote = '"', escape = '"', """,
                                 definitions).replace("VARCHAR[]", "VARCHAR")
        began = time.time()
        connection.execute(definitions)
        engines[f"DuckDB {form}"] = [rows(connection.execute(q).fetchall()) for _, q in queries], time.time() - began
    if "--no-spark" not in sys.argv:
        from pyspark.sql import SparkSession
        spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", False).config("spark.ui.showConsoleProgress", False).config("spark.driver.memory", "4g").config("spark.sql.session.timeZone", "UTC").getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        definitions = (lake / "_acogida/spark.sql").read_text().replace("LAKE", str(lake))
        for form in ("jsonl", "csv"):
            if not list(lake.glob(f"daily/**/*.{form}")):
                continue
            text = definitions
            if form == "csv":
                # What `acogida lake --format csv` writes.
                text = re.sub(r"USING json(\s+)OPTIONS \((.*?)'\*\.jsonl'\)", r"USING csv\1OPTIONS (\2'*.csv', header 'true', multiLine 'false', quote '\"', escape '\"')", text)
                text = text.replace("array<string>", "string")
            began = time.time()
            for statement in re.sub(r"--.*", "", text).split(";"):
                if statement.strip():
                    spark.sql(statement)
            engines[f"Spark {form}"] = [rows([tuple(r) for r in spark.sql(q).collect()]) for _, q in queries], time.time() - began
    bad = 0
    for engine, (answers, seconds) in engines.items():
        for (name, _), expected, answer in zip(queries, reference, answers):
            same = expected == answer
            bad += not same
            print(f"{engine:13} {name:22} {len(answer):6} rows  {'same' if same else 'DIFFERENT'}")
            if not same:
                print("   ours  ", [r for r in expected if r not in answer][:2], "\n   theirs", [r for r in answer if r not in expected][:2])
        print(f"{engine:13} {seconds:.1f} s")
    sys.exit(1 if bad else 0)


main()
