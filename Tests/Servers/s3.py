#!/usr/bin/env python3
"""An S3 server that checks signatures (moto), for tests. Prints one line of JSON when it is ready, and ends with its standard input.

{"endpoint": ..., "bucket": ..., "access_key": ..., "secret_key": ..., "stranger_key": ..., "stranger_secret": ...}
The stranger is known and may do nothing.
"""
import json
import logging
import sys

import boto3
from moto import settings
from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.CRITICAL)


def main():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    admin = dict(endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="admin", aws_secret_access_key="admin")
    iam = boto3.client("iam", **admin)
    keys = {}
    for name in ("desk", "stranger"):
        iam.create_user(UserName=name)
        keys[name] = iam.create_access_key(UserName=name)["AccessKey"]
    allowed = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    iam.put_user_policy(UserName="desk", PolicyName="bucket", PolicyDocument=json.dumps(allowed))
    boto3.client("s3", **admin).create_bucket(Bucket="lake")
    # From here on every request needs a signature that is right, and a policy that allows it.
    settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
    print(
        json.dumps(
            {
                "endpoint": endpoint,
                "bucket": "lake",
                "access_key": keys["desk"]["AccessKeyId"],
                "secret_key": keys["desk"]["SecretAccessKey"],
                "stranger_key": keys["stranger"]["AccessKeyId"],
                "stranger_secret": keys["stranger"]["SecretAccessKey"],
            }
        ),
        flush=True,
    )
    sys.stdin.read()
    server.stop()


main()
