#!/usr/bin/env python3
"""Makes assets/languages/es/needs.weights: what each word tells of each need, and how what speaks for a need adds up.

usage: needs_weights.py [--leave-out NAME]... [--output FILE] [--program FILE]

Learns from our own labelled sentences (benchmarks/needs/*.jsonl) and interviews (benchmarks/interviews/*.jsonl, without the sets
named by --leave-out, letters of file names). Features are words cut to six letters, long ones to four too, and pairs of neighbours. One logistic
regression a need judges what the person says, another what the technician says; an interview tells only which needs were told in it, not
where: the turn that looks most like the need is taken for it, and that is learnt again a few times. The last regression, one for all needs,
weighs the two best turns of either side with what the program's cues found (`acogida extract --json --explain`); it learns from scores of
interviews that the first two had not seen. All texts are ours, so the table is too. Needs scikit-learn (installed by benchmarks/setup.sh)
and a built program, of any weights: the format is told in Sources/Extraction/Language/NeedWeights.swift.
"""
import argparse
import json
import re
import struct
import subprocess
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
LETTERS, FEWER = 6, 4
ROUNDS = 2
FOLDS = 4
# Scores of turns; what follows them in the program's parts comes from the cues.
SCORES = 4
# Features that weigh less change no decision and make the table large.
SMALLEST = 0.15
MAGIC = b"ACNEEDS1"


def words(text):
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
    return [word for word in re.findall(r"[a-z0-9]+", plain) if word.isalpha()]


def features(text):
    said = words(text)
    stems = [word[:LETTERS] for word in said]
    return [*stems, *("=" + word[:FEWER] for word in said if len(word) > FEWER), *(a + " " + b for a, b in zip(stems, stems[1:]))]


def lines(folder):
    for path in sorted((ROOT / "benchmarks" / folder).glob("*.jsonl")):
        with open(path, encoding="utf-8") as file:
            for line in file:
                yield path.stem, json.loads(line)


def fit(rows, truths, C, weight):
    model = LogisticRegression(C=C, class_weight=weight, max_iter=300, solver="liblinear")
    return model.fit(sparse.vstack(rows), np.concatenate(truths))


def best_turns(model, talks, code, side, clear):
    """Rows and truths of interviews: the turn most like the need is taken for it; others that look like it teach nothing."""
    rows, truths = [], []
    for talk in talks:
        turns, truth = talk[side], np.zeros(talk[side].shape[0], dtype=int)
        if code in talk[2]:
            score = model.decision_function(turns)
            best = score.argmax()
            truth[best] = 1
            kept = clear(score) | (np.arange(len(truth)) == best)
            turns, truth = turns[kept], truth[kept]
        rows.append(turns)
        truths.append(truth)
    return rows, truths


def learn_person(code, sentences, talks):
    matrix, codes = sentences
    labels = np.array([code in needs for needs in codes], dtype=int)
    model = fit([matrix], [labels], 2, "balanced")
    for _ in range(ROUNDS):
        rows, truths = best_turns(model, talks, code, 0, lambda score: score < np.log(0.3 / 0.7))
        asked = [talk[1] for talk in talks]
        nothing = [np.zeros(turns.shape[0], dtype=int) for turns in asked]
        model = fit([matrix, *rows, *asked], [labels, *truths, *nothing], 2, {0: 1, 1: 8})
    return model.coef_[0], model.intercept_[0]


def learn_technician(code, talks):
    asked = [talk[1] for talk in talks]
    told = [np.full(talk[1].shape[0], int(code in talk[2])) for talk in talks]
    model = fit(asked, told, 0.05, "balanced")
    for _ in range(ROUNDS + 1):
        rows, truths = best_turns(model, talks, code, 1, lambda score: score < np.median(score))
        model = fit(rows, truths, 0.5, "balanced")
    return model.coef_[0], model.intercept_[0]


def scores(talk, person, technician):
    result = []
    for turns, (weights, bias) in ((talk[0], person), (talk[1], technician)):
        best = np.sort(np.append(turns @ weights + bias, [bias, bias]))[::-1]
        result += [best[0], best[1]]
    return np.clip(result, -8, 8)


def parts(program, row):
    """What the program's cues found of every need."""
    text = "".join(json.dumps({"start": turn["start"], "text": turn["text"]}, ensure_ascii=False) + "\n" for turn in row["turns"])
    run = subprocess.run([program, "extract", "-", "--json", "--explain"], input=text, capture_output=True, text=True, check=True)
    return {code: values[SCORES:] for code, values in json.loads(run.stdout)["needParts"].items()}


def learn_decision(codes, sets, talks, sentences, cues):
    """Learns how scores and cues add up, from scores of sets of interviews left out of what scores them."""
    table, truths = [], []
    order = sorted(set(sets))
    folds = [order.index(name) % FOLDS for name in sets]
    for fold in range(FOLDS):
        known = [talk for talk, own in zip(talks, folds) if own != fold]
        unseen = [index for index, own in enumerate(folds) if own == fold]
        for code in codes:
            person, technician = learn_person(code, sentences, known), learn_technician(code, known)
            for index in unseen:
                table.append([*scores(talks[index], person, technician), *cues[index][code]])
                truths.append(code in talks[index][2])
    model = LogisticRegression(C=1, max_iter=1000).fit(np.array(table), np.array(truths, dtype=int))
    return [model.intercept_[0], *model.coef_[0]]


def fnv(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def write(path, codes, names, person, technician, decision):
    weights = np.array([[w for w, _ in person], [w for w, _ in technician]])
    unit = float(np.float32(np.abs(weights).max() / 127))
    rows = sorted(
        (fnv(name), np.rint(weights[:, :, index].reshape(-1) / unit).astype(np.int8))
        for index, name in enumerate(names) if np.abs(weights[:, :, index]).max() >= SMALLEST)
    with open(path, "wb") as file:
        file.write(MAGIC + struct.pack("<III", len(codes), len(rows), len(decision)))
        for code in codes:
            file.write(bytes([len(code)]) + code.encode())
        for side in (person, technician):
            file.write(struct.pack(f"<{len(codes)}f", *(bias for _, bias in side)))
        file.write(struct.pack(f"<{len(decision) + 1}f", *decision, unit))
        file.write(struct.pack(f"<{len(rows)}Q", *(value for value, _ in rows)))
        for _, row in rows:
            file.write(row.tobytes())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--leave-out", action="append", default=[])
    parser.add_argument("--output", default=ROOT / "assets/languages/es/needs.weights")
    parser.add_argument("--program", default=ROOT / ".build/release/acogida")
    options = parser.parse_args()
    told = [(row["text"], set(row["needs"])) for _, row in lines("needs")]
    sets, rows = zip(*((name, row) for name, row in lines("interviews") if name not in options.leave_out))
    said = [[turn["text"] for turn in row["turns"] if turn["speaker"].startswith("p")] for row in rows]
    asked = [[turn["text"] for turn in row["turns"] if not turn["speaker"].startswith("p")] for row in rows]
    needs = [set(row["gold"].get("needs") or []) for row in rows]
    vectorizer = CountVectorizer(analyzer=features, binary=True, min_df=3)
    vectorizer.fit([text for text, _ in told] + [text for turns in said + asked for text in turns])
    sentences = (vectorizer.transform([text for text, _ in told]), [codes for _, codes in told])
    talks = [(vectorizer.transform(a), vectorizer.transform(b), codes) for a, b, codes in zip(said, asked, needs)]
    codes = sorted({code for _, found in told for code in found})
    person = [learn_person(code, sentences, talks) for code in codes]
    technician = [learn_technician(code, talks) for code in codes]
    # The program must know the needs before it can tell what its cues found of them.
    write(options.output, codes, vectorizer.get_feature_names_out(), person, technician, [0.0])
    with ThreadPoolExecutor(2) as pool:
        cues = list(pool.map(lambda row: parts(options.program, row), rows))
    decision = learn_decision(codes, sets, talks, sentences, cues)
    print("decision:", " ".join(f"{weight:.2f}" for weight in decision))
    write(options.output, codes, vectorizer.get_feature_names_out(), person, technician, decision)


if __name__ == "__main__":
    main()
