#!/usr/bin/env python3
"""Extraction of a one-hour interview, and the program's start-up."""
import fcntl
import json
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import tempfile
import termios
import time

from common import BINARY, ROOT, line


def timed(arguments, text=""):
    times = []
    for _ in range(5):
        began = time.monotonic()
        subprocess.run([BINARY, *arguments], input=text, capture_output=True, text=True, check=True)
        times.append(1000 * (time.monotonic() - began))
    return statistics.median(times)


def first_screen(folder):
    """Milliseconds from the start of the desk to what it asks first, on the screen of a terminal."""
    began = time.monotonic()
    child, terminal = pty.fork()
    if child == 0:
        folders = {f"XDG_{kind}_HOME": f"{folder}/{kind}" for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
        os.execve(BINARY, [str(BINARY), "desk", "--typing"], {**os.environ, **folders, "TERM": "xterm-256color", "ACOGIDA_LANG": "es"})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    shown = b""
    try:
        while b"Antes de empezar" not in shown:
            if not select.select([terminal], [], [], 10)[0]:
                raise SystemExit("the desk shows nothing")
            shown += os.read(terminal, 65536)
        return 1000 * (time.monotonic() - began)
    finally:
        os.kill(child, signal.SIGKILL)
        os.close(terminal)
        os.waitpid(child, 0)


def main():
    turns = json.loads((ROOT / "assets/demo/interview.json").read_text())["turns"]
    rows, clock = [], 0.0
    while clock < 3600:
        for turn in turns:
            rows.append(json.dumps({"start": clock + turn["start"], "text": turn["text"]}, ensure_ascii=False))
        clock += 90
    start = timed(["paths"])
    data = timed(["extract", "-", "--json"], "hola")
    size = sum(f.stat().st_size for f in (ROOT / "assets").rglob("*") if f.suffix in (".tsv", ".cues"))
    line("extraction: language pack and gazetteers, start-up", f"{data - start:.0f} ms", "with the first interview, not with the program")
    line("extraction: their files", f"{size / 1e6:.1f} MB", f"binary {BINARY.stat().st_size / 1e6:.0f} MB")
    whole = timed(["extract", "-", "--json"], "\n".join(rows))
    line("start-up of a command", f"{start:.0f} ms", "")
    with tempfile.TemporaryDirectory() as folder:
        first_screen(folder)  # makes key and database
        line("start-up of the desk to the first screen", f"{statistics.median(first_screen(folder) for _ in range(5)):.0f} ms", "bar 150 ms")
    line(f"extraction: one-hour interview, {len(rows)} segments", f"{whole - start:.0f} ms", "bar 100 ms")
    line("extraction: a new segment, mean", f"{(whole - start) / len(rows):.2f} ms", "bar 5 ms")


main()
