#!/usr/bin/env python3
"""Makes the demo recording: an invented intake interview in two synthetic voices.

usage: demo.py [--voices]

Writes assets/demo/interview.flac (16 kHz mono) and interview.json (turns with times, and the values the talk speaks). Everything in
it is invented. Needs: py-nanotts numpy soundfile (requirements in scripts/requirements-demo.txt); SVOX Pico voice data, Apache-2.0.
"""
import json
import sys
from pathlib import Path

import numpy as np
import py_nanotts
import soundfile

RATE = 16_000
TARGET = Path(__file__).resolve().parent.parent / "assets/demo"
# Voice: pitch and speed of the synthesiser.
VOICES = {"technician": (1.12, 1.0), "person": (0.82, 0.92)}
# Seconds of silence before each turn: people think before they answer.
GAP = {"technician": 0.8, "person": 0.9}

TURNS = [
    ("technician", "Buenos días. Siéntese, por favor. Vamos a rellenar su ficha. ¿Está de acuerdo con que grabemos la conversación?"),
    ("person", "Sí, estoy de acuerdo."),
    ("technician", "Gracias. ¿Cómo se llama usted?"),
    ("person", "Me llamo Carmen López García."),
    ("technician", "¿Me dice el número de su DNI, por favor?"),
    ("person", "Sí. Mi DNI es doce, treinta y cuatro, cincuenta y seis, setenta y ocho, letra zeta."),
    ("technician", "Muy bien. ¿Cuál es su fecha de nacimiento?"),
    ("person", "Nací el catorce de febrero de mil novecientos setenta y nueve."),
    ("technician", "¿Y dónde vive ahora?"),
    ("person", "Vivo en Zaragoza, en la calle Mayor, número doce."),
    ("technician", "¿Sabe el código postal?"),
    ("person", "Sí. Cincuenta mil uno."),
    ("technician", "¿Me da un teléfono de contacto?"),
    ("person", "Sí. Es el seiscientos doce, treinta y cuatro, cincuenta y seis, setenta y ocho."),
    ("technician", "¿Con quién vive usted?"),
    ("person", "Vivo con mi marido y mis dos hijos. Tienen seis y nueve años."),
    ("technician", "¿Y qué es lo que necesita?"),
    ("person", "Me he quedado sin trabajo. Necesitamos comida y ropa para los niños."),
    ("technician", "De acuerdo. Hoy mismo le damos una cita. Muchas gracias."),
]
EXPECTED = {
    "full_name": "Carmen López García", "document_type": "dni", "document_number": "12345678Z", "birth_date": "1979-02-14",
    "phone": "+34612345678", "street_address": "Calle Mayor 12", "postal_code": "50001", "municipality": "Zaragoza",
    "household_size": 4, "minors": 2, "needs": ["clothing", "employment", "food"],
}


def speak(engine, text, voice):
    pitch, speed = VOICES[voice]
    pcm = engine.speak(text, voice="es-ES", speed=speed, pitch=pitch)
    samples = np.frombuffer(pcm, "<i2").astype(np.float32) / 32768
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    samples = samples[max(0, loud[0] - 800):loud[-1] + 800]
    return samples / max(1e-6, float(np.abs(samples).max())) * (0.7 if voice == "person" else 0.6)


def main():
    engine = py_nanotts.NanoTTS()
    noise = np.random.default_rng(7)
    parts, turns, place = [], [], 0
    for speaker, text in TURNS:
        silence = np.zeros(int(GAP[speaker] * RATE), np.float32)
        voice = speak(engine, text, speaker)
        start = place + len(silence)
        place = start + len(voice)
        parts += [silence, voice]
        turns.append({"speaker": speaker, "start": round(start / RATE, 3), "end": round(place / RATE, 3), "text": text})
    sound = np.concatenate([*parts, np.zeros(RATE, np.float32)])
    # A quiet room, not digital silence: about -66 dBFS.
    sound = np.clip(sound + noise.normal(0, 0.0005, len(sound)).astype(np.float32), -0.95, 0.95)
    TARGET.mkdir(parents=True, exist_ok=True)
    soundfile.write(TARGET / "interview.flac", sound, RATE, subtype="PCM_16")
    description = {"language": "es", "seconds": round(len(sound) / RATE, 2), "turns": turns, "expected": EXPECTED}
    (TARGET / "interview.json").write_text(json.dumps(description, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(sound) / RATE:.1f} s, {len(turns)} turns")


if __name__ == "__main__":
    sys.exit(main())
