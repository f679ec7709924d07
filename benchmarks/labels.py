#!/usr/bin/env python3
"""Labels of voices in the live talk: a mix of two voices played into a microphone (PulseAudio's null sink), once with and once without
telling voices apart.

usage: labels.py [RECORDING]      with its .rttm beside it; without one it makes a mix (speakers.py, in the benchmarks' own Python)

Printed: the share of the reference's speech whose segment has the wrong label in the end (best assignment), the share of labels revised,
and what telling voices apart adds to the delay of settled text.
"""
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from common import BINARY, ROOT, line, percentile


def hear(recording, environment, speakers):
    """Settled segments with their last labels, delays in milliseconds, revisions."""
    options = ["--speakers"] if speakers else []
    run = subprocess.Popen([BINARY, "listen", "--device", "pmic", "--json", "--language", "es", *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    time.sleep(5)
    subprocess.run(["paplay", "--device=mic", recording], env=environment, check=True)
    time.sleep(6)
    run.terminate()
    segments, lags, revised = {}, [], 0
    for row in map(json.loads, run.communicate()[0].splitlines()):
        if row["type"] == "settled" and row["text"]:
            segments[row["segment"]] = row
            lags.append(row["lag_ms"])
        elif row["type"] == "speakers":
            for segment, label in row["labels"].items():
                if int(segment) in segments:
                    revised += segments[int(segment)].get("speaker") not in (None, label)
                    segments[int(segment)]["speaker"] = label
    return list(segments.values()), lags, revised


def confusion(segments, spans):
    """Share of the time that segments and spans share in which the labels differ, percent; the recording began a while later."""
    names = sorted({who for *_, who in spans})
    labels = sorted({row["speaker"] for row in segments if row.get("speaker")})
    best = None
    for shift in range(0, 90):
        delay = shift / 10
        common = {}
        for row in segments:
            for start, end, who in spans:
                both = min(end + delay, row["end"]) - max(start + delay, row["start"])
                if both > 0:
                    common[row.get("speaker"), who] = common.get((row.get("speaker"), who), 0) + both
        total = sum(common.values())
        padded = labels + [None] * max(0, len(names) - len(labels))
        right = max(sum(common.get((label, name), 0) for label, name in zip(order, names)) for order in itertools.permutations(padded, len(names)))
        if best is None or total > best[0]:
            best = (total, 100 * (1 - right / total) if total else 100)
    return best[1], len(labels)


def measure(recording):
    rows = [row.split() for row in Path(recording).with_suffix(".rttm").read_text().splitlines()]
    spans = [(float(row[3]), float(row[3]) + float(row[4]), row[7]) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        script = str(ROOT / "scripts/pulse-microphone.sh")
        words = subprocess.run([script, "start", folder], capture_output=True, text=True, check=True).stdout.split()
        environment = dict(os.environ, **dict(word.split("=", 1) for word in words if "=" in word))
        try:
            plain = hear(recording, environment, False)
            told = hear(recording, environment, True)
        finally:
            subprocess.run([script, "stop", folder], check=False)
    wrong, voices = confusion(told[0], spans)
    line("live labels: wrong in the end", f"{wrong:.1f} %", f"{len(told[0])} segments, {voices} voices")
    line("live labels: revised", f"{100 * told[2] / max(1, len(told[0])):.1f} %", f"{told[2]} of {len(told[0])} labels")
    for name, (_, lags, _) in (("without", plain), ("with", told)):
        line(f"live labels: settled text behind the sound, {name}", f"p50 {percentile(lags, 0.5) / 1000:.2f} s", f"p95 {percentile(lags, 0.95) / 1000:.2f} s, {len(lags)} segments")


def main():
    if len(sys.argv) > 1:
        measure(sys.argv[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, ROOT / "benchmarks/speakers.py", "--make", folder, "1"], stdout=subprocess.DEVNULL, check=True)
        measure(f"{folder}/mix00.wav")


main()
