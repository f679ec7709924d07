#!/usr/bin/python3
"""OpenStack Swift with its S3 interface on one disk, for tests; needs Debian's python3-swift and the system's Python.

Prints the same line of JSON as s3.py when it is ready, or {"skip": "why not"}; ends with its standard input.
"""
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LAUNCH = """
import sys
from swift.common import utils
utils.set_swift_dir(sys.argv[3])
from swift.common.wsgi import run_wsgi
sys.exit(run_wsgi(sys.argv[1], sys.argv[2]))
"""
# What Swift keeps in memcached, in the proxy's own memory.
CACHE = """
class Memory:
    def __init__(self):
        self.values = {}
    def get(self, key, *a, **k):
        return self.values.get(key)
    def set(self, key, value, *a, **k):
        self.values[key] = value
    def delete(self, key, *a, **k):
        self.values.pop(key, None)
    def incr(self, key, delta=1, *a, **k):
        self.values[key] = max(0, int(self.values.get(key, 0)) + delta)
        return self.values[key]
    def decr(self, key, delta=1, *a, **k):
        return self.incr(key, -delta)

def filter_factory(_, **settings):
    memory = Memory()
    def make(app):
        def serve(environ, start_response):
            environ["swift.cache"] = memory
            return app(environ, start_response)
        return serve
    return make
"""
COMMON = "[DEFAULT]\nbind_ip = 127.0.0.1\nbind_port = {port}\nworkers = 0\nuser = {user}\nswift_dir = {folder}\ndevices = {folder}/devices\nmount_check = false\ndisable_fallocate = true\nlog_level = CRITICAL\n\n"
STORAGE = COMMON + "[pipeline:main]\npipeline = {kind}-server\n\n[app:{kind}-server]\nuse = egg:swift#{kind}\n"
PROXY = COMMON + """[pipeline:main]
pipeline = catch_errors cache s3api tempauth proxy-server

[filter:catch_errors]
use = egg:swift#catch_errors

[filter:cache]
paste.filter_factory = memory_cache:filter_factory

[filter:s3api]
use = egg:swift#s3api
location = us-east-1

[filter:tempauth]
use = egg:swift#tempauth
user_test_desk = {secret} .admin
user_test_stranger = {other}

[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
"""


def skip(reason):
    print(json.dumps({"skip": reason}), flush=True)
    sys.exit(0)


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


def make_rings(folder, ports):
    from swift.common.ring import RingBuilder

    for kind, port in ports.items():
        builder = RingBuilder(2, 1, 0)
        builder.add_dev({"id": 0, "region": 1, "zone": 1, "ip": "127.0.0.1", "port": port, "device": "disk", "weight": 1})
        builder.rebalance(seed=1)
        builder.get_ring().save(str(folder / f"{kind}.ring.gz"))


def wait_for(port, process):
    for _ in range(300):
        if process.poll() is not None:
            skip(f"a server of Swift ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    skip("a server of Swift does not listen")


def main(folder):
    try:
        import swift  # noqa: F401
    except ImportError:
        skip("python3-swift is not installed")
    (folder / "devices/disk").mkdir(parents=True)
    try:
        os.setxattr(folder / "devices", "user.acogida", b"1")
    except OSError as error:
        skip(f"the disk keeps no extended attributes ({error.strerror})")
    kinds = ["object", "container", "account", "proxy"]
    ports = dict(zip(kinds, free_ports(4)))
    (folder / "swift.conf").write_text("[swift-hash]\nswift_hash_path_prefix = a\nswift_hash_path_suffix = b\n")
    (folder / "memory_cache.py").write_text(CACHE)
    make_rings(folder, {kind: ports[kind] for kind in kinds[:3]})
    import pwd

    values = {"user": pwd.getpwuid(os.getuid()).pw_name, "folder": folder, "secret": "opensesame", "other": "nothing"}
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    processes = []
    try:
        for kind in kinds:
            path = folder / f"{kind}.conf"
            path.write_text((PROXY if kind == "proxy" else STORAGE).format(kind=kind, port=ports[kind], **values))
            command = [sys.executable, "-c", LAUNCH, str(path), f"{kind}-server", str(folder)]
            with open(folder / f"{kind}.log", "wb") as log:
                processes.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment))
        for kind, process in zip(kinds, processes):
            wait_for(ports[kind], process)
        print(
            json.dumps(
                {
                    "endpoint": f"http://127.0.0.1:{ports['proxy']}", "bucket": "lake", "access_key": "test:desk", "secret_key": "opensesame",
                    "stranger_key": "test:stranger", "stranger_secret": "nothing",
                }
            ),
            flush=True,
        )
        sys.stdin.read()
    finally:
        for process in processes:
            process.send_signal(signal.SIGKILL)
            process.wait()


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
root = Path(tempfile.mkdtemp(prefix="acogida-swift-"))
try:
    main(root)
finally:
    shutil.rmtree(root, ignore_errors=True)
