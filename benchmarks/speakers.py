#!/usr/bin/env python3
"""Who speaks when: `acogida speakers` beside sherpa-onnx's own offline diarisation, same recordings, same run.

usage: speakers.py [--peer SEGMENTATION.onnx] RECORDING...     each with a .rttm beside it; without recordings it makes mixes and calls
       speakers.py --make FOLDER [N]                           only makes the mixes
       speakers.py --make-calls FOLDER [N]                     only makes the calls

Mixes are two human voices of Debian's telephone prompts (asterisk-core-sounds-*, g722): questions of 2 to 5 s, answers of 2 to 14 s,
gaps of -0.3 to 0.9 s, noise. Calls are the same voices in a quick talk on the telephone (calls.py). Errors are counted in steps of 10 ms where exactly one speaker of the reference speaks: confusion is the
share of it given to another speaker (best assignment), the share error is the difference of the first speaker's share of the speech.
"""
import glob
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile

from calls import call
from common import BINARY, ROOT, line

SOUNDS = "/usr/share/asterisk/sounds"
# Prompts in which nobody speaks: tones, music, monkeys.
SILENT = ("tt-monkeys", "beep", "beeperr", "ascending-2tone", "descending-2tone", "confbridge-join", "confbridge-leave")
VOICES = ("es_MX_f_Allison", "fr_CA_f_June", "it_IT_m_Carlo", "ru_RU_f_IvrvoiceRU")


def utterances(voice, least=24000, folders=("",)):
    """Prompts of a voice longer than so many samples, without the silence around them."""
    result = []
    for path in sorted(path for folder in folders for path in glob.glob(f"{SOUNDS}/{voice}/{folder}*.g722")):
        if Path(path).stem in SILENT:
            continue
        raw = subprocess.run(["ffmpeg", "-loglevel", "error", "-f", "g722", "-i", path, "-f", "f32le", "-ar", "16000", "-ac", "1", "-"], capture_output=True).stdout
        sound = np.frombuffer(raw, "<f4").copy()
        loud = np.flatnonzero(np.convolve(sound * sound, np.ones(400) / 400, "same") > 1e-5) if len(sound) > least else []
        if len(loud) > least:
            sound = sound[max(0, loud[0] - 400):loud[-1] + 400]
            result.append(sound / max(1e-6, abs(sound).max()) * 0.5)
    return result


def mix(voices, pair, random, seconds):
    """A talk of two voices and its spans."""
    spans, now, sound, turn = [], 1.0, np.zeros(int((seconds + 60) * 16000), "f4"), 0
    while now < seconds:
        wanted, parts = random.uniform(2, 5 if turn % 2 == 0 else 14), []
        while sum(map(len, parts)) / 16000 < wanted:
            parts += [voices[pair[turn % 2]][random.integers(len(voices[pair[turn % 2]]))], np.zeros(3200, "f4")]
        part = np.concatenate(parts[:-1])
        begin = int(now * 16000)
        sound[begin:begin + len(part)] += part[:len(sound) - begin] * random.uniform(0.7, 1.3)
        spans.append((now, now + len(part) / 16000, pair[turn % 2]))
        now += len(part) / 16000 + random.uniform(-0.3, 0.9)
        turn += 1
    sound = sound[:int((now + 1) * 16000)] + random.normal(0, 0.005, int((now + 1) * 16000)).astype("f4")[:len(sound)]
    return sound / max(1, abs(sound).max()), spans


def make(folder, count=10, calls=False):
    random, folder, name = np.random.default_rng(23 if calls else 11), Path(folder), "call" if calls else "mix"
    folder.mkdir(parents=True, exist_ok=True)
    voices = {voice: utterances(voice, 4000, ("", "digits/", "letters/")) if calls else utterances(voice) for voice in VOICES}
    for index in range(count):
        pair = [VOICES[i] for i in random.permutation(len(VOICES))[:2]]
        sound, spans = call(voices, pair, random, random.uniform(30, 90)) if calls else mix(voices, pair, random, random.uniform(90, 150))
        soundfile.write(folder / f"{name}{index:02}.wav", sound, 16000)
        lines = [f"SPEAKER {name}{index:02} 1 {a:.3f} {b - a:.3f} <NA> <NA> {who} <NA> <NA>\n" for a, b, who in spans]
        (folder / f"{name}{index:02}.rttm").write_text("".join(lines))
    return sorted(str(path) for path in folder.glob(f"{name}*.wav"))


def read(path):
    rows = [row.split() for row in Path(path).read_text().splitlines() if row.startswith("SPEAKER")]
    return [(float(row[3]), float(row[3]) + float(row[4]), row[7]) for row in rows]


def grid(spans, names, steps):
    marks = np.zeros((len(names), steps), bool)
    for start, end, who in spans:
        marks[names.index(who), int(start * 100):int(end * 100)] = True
    return marks


def speech(path, steps):
    """Steps in which the sound is above its noise: what an utterance's pauses are not."""
    sound, _ = soundfile.read(path, dtype="float32")
    frames = sound[:len(sound) // 160 * 160].reshape(-1, 160)
    level = np.convolve((frames * frames).mean(1), np.ones(9) / 9, "same")
    active = level > max(1e-5, 4 * np.percentile(level, 5))
    return np.pad(active, (0, max(0, steps - len(active))))[:steps]


def score(path, found):
    """Confusion, miss, false alarm (of the reference's speech), and the error of the first speaker's share, percent."""
    truth = read(path.rsplit(".", 1)[0] + ".rttm")
    steps = int(max(end for _, end, _ in truth + found) * 100) + 1
    names, others = sorted({who for *_, who in truth}), sorted({who for *_, who in found})
    reference = grid(truth, names, steps) & speech(path, steps)
    heard = grid(found, others, steps)
    single = reference.sum(0) == 1
    best, order = -1, ()
    padded = np.concatenate([heard, np.zeros((max(0, len(names) - len(others)), steps), bool)])
    for permutation in itertools.permutations(range(len(padded)), len(names)):
        hits = sum((reference[i] & padded[j] & single).sum() for i, j in enumerate(permutation))
        if hits > best:
            best, order = hits, permutation
    total, both = single.sum(), (single & heard.any(0)).sum()
    share = reference[0].sum() / reference.sum()
    ours = padded[order[0]].sum() / max(1, heard.sum())
    return dict(
        confusion=100 * (both - best) / total, miss=100 * (total - both) / total,
        false=100 * (heard.any(0) & ~reference.any(0)).sum() / total, share=100 * abs(share - ours), speakers=len(others))


def ours(path, count):
    options = ["--count", str(count)] if count else []
    run = subprocess.run([BINARY, "speakers", "--format", "rttm", *options, path], capture_output=True, text=True, check=True)
    with tempfile.NamedTemporaryFile("w", suffix=".rttm") as file:
        file.write(run.stdout)
        file.flush()
        return read(file.name)


def peer(segmentation, path, count):
    import sherpa_onnx as so
    embedding = so.SpeakerEmbeddingExtractorConfig(model=str(ROOT / ".deps/model/campplus.onnx"), num_threads=1)
    config = so.OfflineSpeakerDiarizationConfig(
        segmentation=so.OfflineSpeakerSegmentationModelConfig(pyannote=so.OfflineSpeakerSegmentationPyannoteModelConfig(model=segmentation), num_threads=1),
        embedding=embedding, clustering=so.FastClusteringConfig(num_clusters=count or -1, threshold=0.75), min_duration_on=0.3, min_duration_off=0.5)
    sound, _ = soundfile.read(path, dtype="float32")
    return [(s.start, s.end, str(s.speaker)) for s in so.OfflineSpeakerDiarization(config).process(sound).sort_by_start_time()]


def report(name, files, hear):
    began, rows = time.monotonic(), []
    for path in files:
        rows.append(score(path, hear(path)))
        if "-v" in sys.argv:
            print("   ", Path(path).stem, {key: round(float(value), 1) for key, value in rows[-1].items()})
    seconds = sum(soundfile.info(path).duration for path in files)
    mean = {key: statistics.mean(float(row[key]) for row in rows) for key in rows[0]}
    line(f"speakers, {name}: confusion", f"{mean['confusion']:.1f} %", f"{len(files)} recordings, bar 2 %")
    line(f"speakers, {name}: error of the share", f"{mean['share']:.1f} points", f"largest {max(float(r['share']) for r in rows):.1f}, bar 3 points")
    line(f"speakers, {name}: diarisation error", f"{mean['confusion'] + mean['miss'] + mean['false']:.1f} %", f"miss {mean['miss']:.1f} %, false alarm {mean['false']:.1f} %, no collar")
    line(f"speakers, {name}: real-time factor", f"{(time.monotonic() - began) / seconds:.3f}", f"two found in {sum(r['speakers'] == 2 for r in rows)} of {len(rows)}")


def compare(kind, files, segmentation):
    report(f"{kind}: acogida, two given", files, lambda path: ours(path, 2))
    report(f"{kind}: acogida, number not known", files, lambda path: ours(path, None))
    if segmentation:
        report(f"{kind}: sherpa-onnx, two given", files, lambda path: peer(segmentation, path, 2))
        report(f"{kind}: sherpa-onnx, number not known", files, lambda path: peer(segmentation, path, None))


def main():
    arguments = [a for a in sys.argv[1:] if a != "-v"]
    if arguments[:1] in (["--make"], ["--make-calls"]):
        print("\n".join(make(arguments[1], int(arguments[2]) if len(arguments) > 2 else 10, arguments[0] == "--make-calls")))
        return
    segmentation = arguments[1] if arguments[:1] == ["--peer"] else None
    files = arguments[2:] if segmentation else arguments
    if files:
        compare("given", files, segmentation)
        return
    with tempfile.TemporaryDirectory() as folder:
        compare("mixes", make(folder), segmentation)
        compare("calls", make(folder, calls=True), segmentation)


main()
