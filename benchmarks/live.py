#!/usr/bin/env python3
"""Lag, word errors, processor and memory of live sessions at real time, beside the bars: the demo, and human recordings with pauses.

usage: live.py [ROUNDS]
"""
import array
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import wave
from pathlib import Path

from common import BINARY, DEMO, PROMPTS, ROOT, errors, line, percentile, references

# Every third of the human recordings, a breath apart: as long as the demo, and enough turns for a percentile.
EVERY, PAUSE = 3, 1.2


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


def speech(samples, rate):
    """Seconds at which the speech of a recording begins and ends: what is louder than a hundredth of its peak."""
    limit = max(map(abs, samples)) / 100
    loud = [i for i in range(0, len(samples), rate // 100) if max(map(abs, samples[i : i + rate // 100])) > limit]
    return loud[0] / rate, loud[-1] / rate + 0.01


def talk(path):
    """Writes human recordings with pauses into one file; returns its turns as the demo's description has them."""
    turns, sound = [], array.array("h")
    for name, text in list(references().items())[::EVERY]:
        with wave.open(str(PROMPTS / f"{name}.wav")) as file:
            parameters, rate = file.getparams(), file.getframerate()
            samples = array.array("h", file.readframes(file.getnframes()))
        sound.extend([0] * int(PAUSE * rate))
        start, end = speech(samples, rate)
        at = len(sound) / rate
        turns.append({"start": at + start, "end": at + end, "text": text})
        sound.extend(samples)
    sound.extend([0] * int(PAUSE * rate))
    with wave.open(str(path), "wb") as file:
        file.setparams(parameters)
        file.writeframes(sound.tobytes())
    return turns


def session(path, turns):
    """Figures of one live session."""
    process = subprocess.Popen(
        [BINARY, "listen", "--from", path, "--pace", "realtime", "--json"], stdout=subprocess.PIPE, text=True)
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
        finals = [at for at, e in inside if e["type"] == "settled"]
        # The first turn meets a model that is still loading; it is left out of the lag.
        if revisable and turn is not turns[0]:
            first.append(revisable[0] - turn["start"])
        if finals and turn is not turns[0]:
            settled.append(finals[-1] - turn["end"])
    heard = " ".join(e["text"] for _, e in events if e["type"] == "settled")
    wrong, total = errors(" ".join(turn["text"] for turn in turns), heard)
    return {
        "first": (percentile(first, .5), percentile(first, .95)), "settled": (percentile(settled, .5), percentile(settled, .95)),
        "turns": len(first), "cores": seconds / wall, "memory": peak, "wrong": 100 * wrong / total}


def batch(path, turns):
    """Word error rate of the same recording through `acogida transcribe`."""
    run = subprocess.run([BINARY, "transcribe", path], capture_output=True, text=True, check=True)
    wrong, total = errors(" ".join(turn["text"] for turn in turns), run.stdout)
    return 100 * wrong / total


def measure(name, path, turns, rounds):
    runs = [session(path, turns) for _ in range(rounds)]
    middle = lambda pick: statistics.median(map(pick, runs))
    line(f"live, {name}: first revisable text after speech begins, p50", f"{middle(lambda r: r['first'][0]):.2f} s", "bar 1.0 s")
    line(f"live, {name}: first revisable text after speech begins, p95", f"{middle(lambda r: r['first'][1]):.2f} s", f"{runs[0]['turns']} turns, {rounds} rounds")
    line(f"live, {name}: settled text after the speaker pauses, p50", f"{middle(lambda r: r['settled'][0]):.2f} s", "bar 0.9 s")
    line(f"live, {name}: settled text after the speaker pauses, p95", f"{middle(lambda r: r['settled'][1]):.2f} s", "bar 1.8 s")
    line(f"live, {name}: word error rate", f"{middle(lambda r: r['wrong']):.1f} %", f"the same recording as a batch {batch(path, turns):.1f} %")
    line(f"live, {name}: processor, mean", f"{middle(lambda r: r['cores']):.2f} cores", "bar 1.0 core")
    line(f"live, {name}: memory, both processes, peak", f"{max(r['memory'] for r in runs):.0f} MB", "bar 450 MB")


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    measure("demo", str(DEMO), json.loads((ROOT / "assets/demo/interview.json").read_text())["turns"], rounds)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "talk.wav"
        measure("human", str(path), talk(path), rounds)


main()
