#!/usr/bin/env python3
"""Makes a bucket. usage: bucket.py ENDPOINT BUCKET ACCESS_KEY SECRET_KEY; prints {"made": NAME}."""
import json
import sys

import boto3

endpoint, bucket, key, secret = sys.argv[1:]
s3 = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id=key, aws_secret_access_key=secret)
s3.create_bucket(Bucket=bucket)
print(json.dumps({"made": bucket}), flush=True)
