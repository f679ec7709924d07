#!/usr/bin/env python3
"""Speed and word errors of `acogida transcribe` beside faster-whisper int8: same weights, one thread, same run.

usage: batch.py [ROUNDS]      runs itself in .deps/bench for the peer
"""
import json
import statistics
import subprocess
import sys
import tempfile
import time
import wave
from pathlib import Path

from common import BINARY, DEMO, PROMPTS, ROOT, errors, line, references

# Silence in front of the recordings, milliseconds, one a round.
OFFSETS = (0, 37, 81, 18, 55)
PYTHON = ROOT / ".deps/bench/venv/bin/python"


def ours(files):
    """Wall seconds, and text by file, of one run over all files with one engine thread."""
    texts = {}
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        subprocess.run([BINARY, "transcribe", "--threads", "1", "--out", folder, *files], check=False, capture_output=True)
        seconds = time.monotonic() - began
        for file in files:
            target = Path(folder) / (Path(file).name + ".txt")
            texts[file] = target.read_text().replace("\n", " ") if target.exists() else ""
    return seconds, texts


def theirs(files, beam):
    """The same of faster-whisper, model loading included as for ours."""
    script = f"""
import json, sys, time
began = time.monotonic()
from faster_whisper import WhisperModel
model = WhisperModel({str(ROOT / '.deps/bench/ct2')!r}, device="cpu", compute_type="int8", cpu_threads=1)
texts = {{}}
for file in json.load(sys.stdin):
    segments, _ = model.transcribe(file, language="es", beam_size={beam}, condition_on_previous_text=False)
    texts[file] = " ".join(s.text for s in segments)
print(json.dumps([time.monotonic() - began, texts]))
"""
    run = subprocess.run([PYTHON, "-c", script], input=json.dumps([str(f) for f in files]), capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def later(files, milliseconds, folder):
    """Copies of the recordings that begin that much later, by the original's path."""
    copies = {}
    for file in files:
        copies[file] = str(Path(folder) / Path(file).name)
        with wave.open(file) as source, wave.open(copies[file], "wb") as target:
            target.setparams(source.getparams())
            silence = b"\0" * (source.getframerate() * milliseconds // 1000 * source.getsampwidth() * source.getnchannels())
            target.writeframes(silence + source.readframes(source.getnframes()))
    return copies


def rate(runs, truth):
    pairs = [errors(truth[file], texts[file]) for _, texts in runs for file in truth]
    return 100 * sum(e for e, _ in pairs) / sum(n for _, n in pairs)


def compare(name, files, seconds, truth, rounds, movable=False):
    results = {"acogida": [], "greedy": [], "beam": []}
    for index in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            # A few milliseconds of silence in front change which near misses are heard right: by chance, three words of a hundred in
            # either direction. A beginning of its own for each round makes the mean tell systems apart.
            copies = later(files, OFFSETS[index % len(OFFSETS)], folder) if movable else {file: file for file in files}
            names = {copy: file for file, copy in copies.items()}
            for key, run in (("acogida", ours), ("greedy", lambda f: theirs(f, 1)), ("beam", lambda f: theirs(f, 5))):
                taken, texts = run(list(names))
                results[key].append((taken, {names[copy]: text for copy, text in texts.items()}))
    median = {key: statistics.median(run[0] for run in runs) for key, runs in results.items()}
    wer = {key: rate(runs, truth) for key, runs in results.items()}
    line(f"batch, {name}: real-time factor, acogida", f"{median['acogida'] / seconds:.3f}", f"{seconds:.0f} s of sound, {rounds} rounds")
    line(f"batch, {name}: real-time factor, faster-whisper int8 greedy", f"{median['greedy'] / seconds:.3f}", f"acogida is {median['greedy'] / median['acogida']:.2f} x as fast (bar 2)")
    line(f"batch, {name}: real-time factor, faster-whisper int8 beam 5", f"{median['beam'] / seconds:.3f}", f"acogida is {median['beam'] / median['acogida']:.2f} x as fast")
    line(f"batch, {name}: word error rate, acogida", f"{wer['acogida']:.1f} %", f"greedy {wer['greedy']:.1f} %, beam 5 {wer['beam']:.1f} % (bar: greedy + 0.5)")


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    description = json.loads((ROOT / "assets/demo/interview.json").read_text())
    text = " ".join(turn["text"] for turn in description["turns"])
    compare("demo", [str(DEMO)], description["seconds"], {str(DEMO): text}, rounds)
    truth, seconds = {}, 0
    for name, text in references().items():
        file = PROMPTS / f"{name}.wav"
        with wave.open(str(file)) as sound:
            seconds += sound.getnframes() / sound.getframerate()
        truth[str(file)] = text
    compare(f"{len(truth)} human recordings", list(truth), seconds, truth, rounds, movable=True)


main()
