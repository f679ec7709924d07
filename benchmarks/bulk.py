#!/usr/bin/env python3
"""A folder of 200 recordings of mixed formats, some of them broken: `acogida transcribe` killed in the middle, resumed, every output
checked, and its speed beside faster-whisper on the same whole files.

usage: bulk.py [FOLDER]      keeps what it makes in FOLDER; .deps/bench must be set up (benchmarks/setup.sh)

Human prompts of Debian (3 to 7 s) as wav, flac, ogg, mp3, m4a and mp4 with a picture, in folders of folders; of every 20 files one is cut
short, one is empty, one is text with a recording's name, one is silent and one has damage in its middle.
"""
import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from common import BINARY, PROMPTS, ROOT, line

PYTHON = ROOT / ".deps/bench/venv/bin/python"
COUNT = 200
KINDS = {
    "wav": [], "flac": ["-ar", "44100", "-ac", "2"], "ogg": ["-c:a", "libvorbis"], "mp3": ["-b:a", "64k"], "m4a": ["-c:a", "aac"],
    "mp4": ["-c:a", "aac", "-c:v", "mpeg4", "-shortest"]}
# Whole files whose speed is compared: faster-whisper pads every file to half a minute, so all of them would take long.
COMPARED = 48
BROKEN = {4: "short", 8: "empty", 12: "text", 16: "silent", 19: "damaged"}


def make(folder):
    """The recordings: path below the folder, what is wrong with it, seconds."""
    prompts = [path for path in sorted(PROMPTS.glob("*.wav")) if 48_000 <= path.stat().st_size <= 112_000]

    def one(index):
        kind = list(KINDS)[index % len(KINDS)]
        wrong = BROKEN.get(index % 20)
        if wrong in ("short", "damaged"):
            kind = "flac" if wrong == "damaged" else "wav"
        path = folder / f"week{index // 50}" / f"lesson{index // 10 % 5}" / f"video{index}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        sound = ["-f", "lavfi", "-i", "anullsrc=r=16000:cl=mono:d=4"] if wrong == "silent" else ["-i", str(prompts[index % len(prompts)])]
        picture = ["-f", "lavfi", "-i", "color=c=blue:s=64x64:r=5"] if kind == "mp4" else []
        subprocess.run(["ffmpeg", "-v", "error", "-y", *sound, *picture, *KINDS[kind], str(path)], check=True)
        whole = path.read_bytes()
        if wrong == "short":
            path.write_bytes(whole[: len(whole) // 2])
        elif wrong == "damaged":
            middle = len(whole) // 2
            path.write_bytes(whole[:middle] + b"\0" * 2_000 + whole[middle + 2_000:])
        elif wrong == "empty":
            path.write_bytes(b"")
        elif wrong == "text":
            path.write_text("This is no recording.\n" * 50)
        seconds = 0.0 if wrong in ("empty", "text") else 4.0 if wrong == "silent" else (prompts[index % len(prompts)].stat().st_size - 44) / 16_000
        return path.relative_to(folder), wrong, seconds

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, range(COUNT)))


def command(source, out):
    return [str(BINARY), "transcribe", str(source), "--out", str(out), "--format", "all", "--jobs", "2", "--threads", "1", "--language", "es"]


def ledger(out):
    path = out / ".acogida.jsonl"
    rows = path.read_text().splitlines() if path.exists() else []
    return [json.loads(row) for row in rows if row.endswith("}")]


def kill_in_the_middle(source, out):
    run = subprocess.Popen(command(source, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while len(ledger(out)) < 80 and run.poll() is None:
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    run.wait()
    return {row["recording"]: row["analysed"] for row in ledger(out)}


def check(out, items):
    """Faults of the outputs, one text each."""
    faults = []
    done = {row["recording"]: row for row in ledger(out)}
    for path, wrong, _ in items:
        files = {kind: out / f"{path}.{kind}" for kind in ("txt", "srt", "vtt", "json")}
        if wrong in ("empty", "text", "short"):
            faults += [f"{path}: {kind} of what can't be read whole" for kind, file in files.items() if file.exists()]
            if str(path) in done:
                faults.append(f"{path}: counted as done")
            continue
        if wrong == "damaged" and str(path) not in done:
            continue
        if str(path) not in done or not all(file.exists() for file in files.values()):
            faults.append(f"{path}: not there")
            continue
        text = files["txt"].read_text()
        lines = [json.loads(row) for row in files["json"].read_text().splitlines()]
        if wrong == "silent" and text:
            faults.append(f"{path}: words out of silence: {text!r}")
        if wrong is None and (not text.strip() or not lines):
            faults.append(f"{path}: no words")
        if any(row["end"] < row["start"] or not row["text"].strip() for row in lines):
            faults.append(f"{path}: times or texts of the JSON")
        cues = re.findall(r"^\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}$", files["srt"].read_text(), re.M)
        if len(cues) != len(lines) or not files["vtt"].read_text().startswith("WEBVTT\n"):
            faults.append(f"{path}: subtitles")
        if done[str(path)]["segments"] != len(lines):
            faults.append(f"{path}: the ledger says otherwise")
    return faults


def peer(source, items):
    """Seconds that faster-whisper takes for the whole files, one after the other as its own command line does, both cores."""
    script = f"""
import json, sys, time
began = time.monotonic()
from faster_whisper import WhisperModel
model = WhisperModel({str(ROOT / '.deps/bench/ct2')!r}, device="cpu", compute_type="int8", cpu_threads=2)
failed = 0
for file in json.load(sys.stdin):
    try:
        segments, _ = model.transcribe(file, language="es", beam_size=int(sys.argv[1]))
        list(segments)
    except Exception:
        failed += 1
print(json.dumps([time.monotonic() - began, failed]))
"""
    files = [str(source / path) for path, wrong, _ in items if wrong is None]
    return {beam: json.loads(subprocess.run([PYTHON, "-c", script, str(beam)], input=json.dumps(files), capture_output=True, text=True, check=True).stdout) for beam in (1, 5)}


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())
    source, out, fresh = folder / "in", folder / "out", folder / "whole"
    for path in (source, out, fresh):
        shutil.rmtree(path, ignore_errors=True)
    items = make(source)
    sample = [item for item in items if item[1] is None][:COMPARED]
    whole = sum(seconds for *_, seconds in sample)
    before = kill_in_the_middle(source, out)
    run = subprocess.run(command(source, out), capture_output=True, text=True)
    after = {}
    for row in ledger(out):
        after.setdefault(row["recording"], []).append(row["analysed"])
    again = [name for name, stamp in before.items() if after[name] != [stamp]]
    faults = check(out, items)
    broken = sum(wrong in ("empty", "text", "short") for _, wrong, _ in items)
    line("bulk: killed in the middle, then resumed", f"{len(before)} done before", f"{len(again)} of them done again (bar 0); exit code {run.returncode} (1: some failed)")
    line("bulk: outputs checked", f"{len(items)} recordings", f"{len(faults)} faults (bar 0); {len(after)} done, {broken} broken ones, damaged ones done or named")
    for fault in faults[:10]:
        print("   ", fault)
    print("   ", run.stderr.strip().splitlines()[-3])
    # Speed on whole files alone: what is broken costs either nearly nothing.
    only = folder / "only"
    shutil.rmtree(only, ignore_errors=True)
    for path, *_ in sample:
        (only / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / path, only / path)
    began = time.monotonic()
    subprocess.run(command(only, fresh), capture_output=True)
    ours = time.monotonic() - began
    line("bulk: minutes of sound a minute, acogida", f"{whole / ours:.1f}", f"{len(sample)} whole files, {whole:.0f} s, {ours:.1f} s; two jobs of one thread, four formats")
    for beam, (seconds, failed) in peer(only, sample).items():
        line(f"bulk: minutes of sound a minute, faster-whisper, beam {beam}", f"{whole / seconds:.1f}", f"{seconds:.1f} s, two threads; acogida is {seconds / ours:.2f} x as fast; {failed} failed")
    if len(sys.argv) < 2:
        shutil.rmtree(folder)
    sys.exit(1 if faults or again else 0)


main()
