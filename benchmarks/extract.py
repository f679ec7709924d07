#!/usr/bin/env python3
"""Extraction of a one-hour interview, and the program's start-up."""
import json
import statistics
import subprocess
import time

from common import BINARY, ROOT, line


def timed(arguments, text=""):
    times = []
    for _ in range(5):
        began = time.monotonic()
        subprocess.run([BINARY, *arguments], input=text, capture_output=True, text=True, check=True)
        times.append(1000 * (time.monotonic() - began))
    return statistics.median(times)


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
    line(f"extraction: one-hour interview, {len(rows)} segments", f"{whole - start:.0f} ms", "bar 100 ms")
    line("extraction: a new segment, mean", f"{(whole - start) / len(rows):.2f} ms", "bar 5 ms")


main()
