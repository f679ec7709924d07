#!/usr/bin/env python3
"""Several desks on one `acogida engine serve`, at once: do all get the local engine's text, how much later, and what does the server take?

usage: desks.py [DESKS]      without a number three
"""
import difflib
import json
import os
import signal
import subprocess
import sys
import time

from common import BINARY, DEMO, ROOT, line, words

DESKS = int(sys.argv[1]) if len(sys.argv) > 1 else 3


def transcribe(url):
    return subprocess.Popen([BINARY, "transcribe", "--engine", url, "--language", "es", str(DEMO)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def listen(url):
    return subprocess.Popen([BINARY, "listen", "--engine", url, "--language", "es", "--from", str(DEMO), "--pace", "realtime", "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def memory(process):
    """Megabytes of a process and its children."""
    total = 0
    for name in os.listdir("/proc"):
        try:
            fields = dict(row.split(":", 1) for row in open(f"/proc/{name}/status").read().splitlines())
            if int(name) == process or int(fields["PPid"]) == process:
                total += int(fields["VmRSS"].split()[0]) // 1024
        except (ValueError, KeyError, OSError):
            continue
    return total


def text(output):
    rows = (json.loads(row) for row in output.splitlines())
    return " ".join(row["text"] for row in rows if row.get("type") != "revisable" and "text" in row)


def main():
    seconds = json.loads((ROOT / "assets/demo/interview.json").read_text())["seconds"]
    local = words(transcribe("local").communicate()[0])
    server = subprocess.Popen([BINARY, "engine", "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    url = "tcp://127.0.0.1:" + server.stdout.readline().rsplit(":", 1)[1].strip()
    faults = 0
    for name, start in (("recordings", transcribe), ("live, at the pace of speech", listen)):
        for count in (1, DESKS):
            began, runs, most = time.monotonic(), [start(url) for _ in range(count)], 0
            while any(run.poll() is None for run in runs[:1]):
                most = max(most, memory(server.pid))
                time.sleep(0.5)
            outputs = [run.communicate()[0] for run in runs]
            took = time.monotonic() - began
            heard = [words(output if start is transcribe else text(output)) for output in outputs]
            same = [sum(block.size for block in difflib.SequenceMatcher(None, local, own, autojunk=False).get_matching_blocks()) for own in heard]
            faults += sum(run.returncode != 0 or not own for run, own in zip(runs, heard))
            beside = f"of {len(local)} words the same: {', '.join(map(str, same))}; server {most} MB"
            value = f"{took:.1f} s" if start is transcribe else f"{took - seconds:.1f} s after the end"
            line(f"desks, {count} at once, {name}", value, beside)
    server.send_signal(signal.SIGTERM)
    server.wait()
    sys.exit(1 if faults else 0)


main()
