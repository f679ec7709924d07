#!/usr/bin/env python3
"""How fast a full outbox is emptied into a bucket on this machine (moto, which checks every signature): submissions and bytes a
second, with `acogida sync` as a person runs it. Needs scripts/setup.sh --tests. usage: sync.py FOLDER, the folder of store-benchmark.
"""
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(folder):
    server = subprocess.Popen([ROOT / ".deps/tests/bin/python", ROOT / "Tests/Servers/s3.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    found = json.loads(server.stdout.readline())
    home = folder / "home"
    (home / "data").mkdir(parents=True, exist_ok=True)
    if not (home / "data/acogida").exists():
        (home / "data/acogida").symlink_to(folder)
    (home / "acogida/forms").mkdir(parents=True, exist_ok=True)
    fields = "".join(f'[[section.field]]\nname = "field_{n}"\ntype = "text"\nlabel = "f"\n\n' for n in range(30))
    (home / "acogida/forms/acogida.toml").write_text(f'id = "acogida"\nversion = "1"\ntitle = "Bench"\n\n[[section]]\nid = "all"\ntitle = "All"\n\n{fields}')
    name = f"run{int(time.time())}"
    (home / "acogida/config.toml").write_text(
        f'[[sync.target]]\nname = "{name}"\nstage = "bench"\nkind = "s3"\nbucket = "lake"\nendpoint = "{found["endpoint"]}"\nformats = ["jsonl"]\ndatasets = ["submissions"]\n'
    )
    environment = {
        **os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "ACOGIDA_STAGE": "bench", "ACOGIDA_LANG": "en",
        "AWS_ACCESS_KEY_ID": found["access_key"], "AWS_SECRET_ACCESS_KEY": found["secret_key"],
    }
    try:
        begin = time.monotonic()
        run = subprocess.run([ROOT / ".build/release/acogida", "sync", "--json"], env=environment, capture_output=True, text=True)
        elapsed = time.monotonic() - begin
    finally:
        server.stdin.close()
        server.wait()
    if run.returncode:
        sys.exit(run.stderr)
    report = json.loads(run.stdout)
    size = report["bytes"] / 1e6
    print(
        f"sync of {report['sent']} submissions x 30 columns in {report['parcels']} files, {size:.0f} MB: {elapsed:.1f} s, "
        f"{report['sent'] / elapsed:.0f} submissions/s, {size / elapsed:.1f} MB/s (moto on the same machine, checking signatures)"
    )


main(Path(sys.argv[1]).resolve())
