#!/usr/bin/env python3
"""How often the voice-pitch class of `acogida report talk --by pitch` is not the usual one of the sex that a voice is published with.

usage: pitch.py [BINARY]

Recordings of about 30 s: Debian's telephone prompts (human) and the voices of flite and festival (synthetic, from recordings of humans;
one of a child). Prompts of one voice are joined at random; every voice weighs the same. This is the error that the report prints: it says
how far "lower" and "higher" are from "man" and "woman", which is why they have other names.
"""
import glob
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from common import BINARY, ROOT, line

PROMPTS = {"es_MX_f_Allison": "f", "fr_CA_f_June": "f", "ru_RU_f_IvrvoiceRU": "f", "en_US_f_Allison": "f", "it_IT_f_Menardi": "f", "it_IT_m_Carlo": "m"}
FLITE = {"awb": "m", "kal": "m", "rms": "m", "slt": "f"}
FESTIVAL = {"lp_diphone": "f", "pc_diphone": "m", "czech_dita": "f", "czech_machac": "m", "upc_ca_ona_hts": "f", "kal_diphone": "m"}
TEXT = ("The morning train was late again, so we walked along the river and talked about the weather, the garden and the price of bread. "
        "Nobody was in a hurry. When the bridge came into view, the children ran ahead and counted the boats until the bells began to ring. ")
EACH = 4


def join(paths, target, seed):
    random.Random(seed).shuffle(paths)
    inputs = [part for path in paths[:16] for part in ("-i", path)]
    graph = "".join(f"[{i}:a]aresample=16000[a{i}];" for i in range(len(paths[:16]))) + "".join(f"[a{i}]" for i in range(len(paths[:16])))
    subprocess.run(["ffmpeg", "-v", "error", "-y", *inputs, "-filter_complex", f"{graph}concat=n={len(paths[:16])}:v=0:a=1", "-t", "30", "-ac", "1", str(target)], check=True)


def recordings(folder):
    """Voice, kind, published sex and file of every recording."""
    for voice, sex in PROMPTS.items():
        paths = [p for p in glob.glob(f"/usr/share/asterisk/sounds/{voice}/*.wav") if Path(p).stat().st_size > 32_000 and "monkeys" not in p and "tone" not in p]
        for index in range(EACH if len(paths) > 20 else 0):
            target = folder / f"{voice}{index}.wav"
            join(sorted(paths), target, index)
            yield voice, "human", sex, target
    for voice, sex in FLITE.items():
        for index in range(2):
            target = folder / f"flite-{voice}{index}.wav"
            if subprocess.run(["flite", "-voice", voice, "--setf", f"duration_stretch={0.95 + 0.1 * index}", "-t", TEXT * 2, "-o", str(target)], capture_output=True).returncode == 0:
                yield "flite " + voice, "synthetic", sex, target
    for voice, sex in FESTIVAL.items():
        target = folder / f"festival-{voice}.wav"
        run = subprocess.run(["text2wave", "-eval", f"(voice_{voice})", "-o", str(target)], input=TEXT * 2, capture_output=True, text=True)
        if run.returncode == 0 and target.exists() and target.stat().st_size > 100_000:
            yield "festival " + voice, "synthetic", sex, target


def main():
    binary = sys.argv[1] if len(sys.argv) > 1 else str(BINARY)
    model = ROOT / ".deps/model"
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        engine = subprocess.Popen([binary, "engine", "voices", "--model", str(model / "campplus.onnx"), "--detector", str(model / "silero_vad.onnx")],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for voice, kind, sex, path in recordings(Path(folder)):
            print(json.dumps(dict(path=str(path), count=1, isEnrolment=False, pitch=True)), file=engine.stdin, flush=True)
            answer = json.loads(engine.stdout.readline())
            rows.append((voice, kind, sex, (answer.get("pitch") or {}).get("S1")))
        engine.stdin.close()
        engine.wait()
    usual = {"f": "higher", "m": "lower"}
    for kind in ("human", "synthetic"):
        voices = sorted({row[0] for row in rows if row[1] == kind})
        shares = []
        for voice in voices:
            own = [row for row in rows if row[0] == voice]
            given = [row for row in own if row[3]]
            shares.append((sum(row[3] != usual[row[2]] for row in given) / len(own), 1 - len(given) / len(own)))
            print(f"  {voice:<28} {own[0][2]}  lower {sum(r[3] == 'lower' for r in own)}, higher {sum(r[3] == 'higher' for r in own)}, none {len(own) - len(given)}")
        wrong, none = (100 * sum(share[i] for share in shares) / max(1, len(shares)) for i in (0, 1))
        line(f"pitch, {kind} voices: the other class", f"{wrong:.0f} %", f"no class {none:.0f} %; {len(voices)} voices, {sum(r[1] == kind for r in rows)} recordings of up to 30 s")


main()
