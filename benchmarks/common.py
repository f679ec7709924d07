"""What the benchmarks share: texts made comparable, word error rate, medians, one line a figure."""
import os
import re
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARY = Path(os.environ.get("ACOGIDA", ROOT / ".build/release/acogida"))
DEMO = ROOT / "assets/demo/interview.flac"
PROMPTS = Path("/usr/share/asterisk/sounds/es_MX_f_Allison")
UNITS = "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte".split()
TENS = {30: "treinta", 40: "cuarenta", 50: "cincuenta", 60: "sesenta", 70: "setenta", 80: "ochenta", 90: "noventa"}


def spell(number):
    """Spanish words of a number below 100, as a recogniser may write either."""
    if number <= 20:
        return [UNITS[number]]
    if number < 30:
        return ["veinti" + UNITS[number - 20]]
    ten, unit = number // 10 * 10, number % 10
    return [TENS[ten]] + (["y", UNITS[unit]] if unit else [])


def words(text):
    """Words without case, accents and punctuation; numbers up to 99 in words."""
    text = unicodedata.normalize("NFKD", text.lower())
    text = "".join(c for c in text if not unicodedata.combining(c))
    result = []
    for word in re.findall(r"[a-z]+|[0-9]+", text):
        result += spell(int(word)) if word.isdigit() and int(word) < 100 else [word]
    return result


def errors(reference, heard):
    """Edit distance in words, and the number of reference words."""
    a, b = words(reference), words(heard)
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1], len(a)


def references():
    """What is said in the human recordings, by their names."""
    rows = (ROOT / "benchmarks/references/asterisk-es.tsv").read_text().splitlines()
    return dict(row.split("\t") for row in rows if not row.startswith("#"))


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def line(name, value, beside):
    print(f"{name:<66} {value:<22} {beside}", flush=True)
