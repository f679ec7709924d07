#!/usr/bin/env python3
"""Makes assets/languages/es/needs.weights: how much each word speaks for each need.

usage: needs_weights.py [--leave-out NAME]... [--output FILE]

Learns from our own labelled sentences (benchmarks/needs/*.jsonl) and interviews (benchmarks/interviews/*.jsonl, without the sets
named by --leave-out, letters of file names). Features are words cut to six letters and pairs of neighbours; one logistic regression
a need. An interview says only which needs were told in it, not where: the turn that looks most like the need is taken for it, and
that is learnt again a few times. All texts are ours, so the table is too. Needs scikit-learn (installed by benchmarks/setup.sh).
"""
import argparse
import json
import re
import unicodedata
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
LETTERS = 6
ROUNDS = 4
# Weights below it are left out: they change no decision and make the table large.
SMALLEST = 0.2


def words(text):
    plain = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c) != "Mn")
    return [word for word in re.findall(r"[a-z0-9]+", plain) if word.isalpha()]


def features(text):
    stems = [word[:LETTERS] for word in words(text)]
    return [*stems, *(a + " " + b for a, b in zip(stems, stems[1:]))]


def lines(folder):
    for path in sorted((ROOT / "benchmarks" / folder).glob("*.jsonl")):
        with open(path, encoding="utf-8") as file:
            for line in file:
                yield path.stem, json.loads(line)


def read(left_out):
    sentences = [(row["text"], set(row["needs"])) for name, row in lines("needs") if name not in left_out]
    interviews = []
    for name, row in lines("interviews"):
        if name in left_out:
            continue
        said = [turn["text"] for turn in row["turns"] if turn["speaker"].startswith("p")]
        asked = [turn["text"] for turn in row["turns"] if not turn["speaker"].startswith("p")]
        interviews.append((said, asked, set(row["gold"].get("needs") or [])))
    return sentences, interviews


def learn(code, sentences, interviews):
    """Weights and bias of one need, from rows of (matrix, codes) and of (said, asked, codes)."""
    matrix, codes = sentences
    labels = np.array([code in needs for needs in codes], dtype=int)
    model = LogisticRegression(C=2, class_weight="balanced", max_iter=300, solver="liblinear").fit(matrix, labels)
    for _ in range(ROUNDS):
        rows, truths = [matrix], [labels]
        for said, asked, needs in interviews:
            truth = np.zeros(said.shape[0], dtype=int)
            if code in needs:
                likeness = model.predict_proba(said)[:, 1]
                best = likeness.argmax()
                truth[best] = 1
                # What looks like it, too, may be: it teaches nothing.
                clear = (likeness < 0.3) | (np.arange(len(truth)) == best)
                rows.append(said[clear])
                truths.append(truth[clear])
            else:
                rows.append(said)
                truths.append(truth)
            rows.append(asked)
            truths.append(np.zeros(asked.shape[0], dtype=int))
        model = LogisticRegression(C=2, class_weight={0: 1, 1: 8}, max_iter=300, solver="liblinear")
        model.fit(sparse.vstack(rows), np.concatenate(truths))
    return model.coef_[0], model.intercept_[0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--leave-out", action="append", default=[])
    parser.add_argument("--output", default=ROOT / "assets/languages/es/needs.weights")
    options = parser.parse_args()
    sentences, interviews = read(set(options.leave_out))
    vectorizer = CountVectorizer(analyzer=features, binary=True, min_df=3)
    vectorizer.fit([text for text, _ in sentences] + [text for said, _, _ in interviews for text in said])
    known = (vectorizer.transform([text for text, _ in sentences]), [needs for _, needs in sentences])
    talks = [(vectorizer.transform(said), vectorizer.transform(asked), needs) for said, asked, needs in interviews]
    codes = sorted({code for _, needs in sentences for code in needs})
    learnt = [learn(code, known, talks) for code in codes]
    names = vectorizer.get_feature_names_out()
    with open(options.output, "w", encoding="utf-8") as file:
        file.write("# Made by scripts/needs_weights.py. A word or pair of words, cut to six letters; its weight for every need, in hundredths.\n")
        for code, (_, bias) in zip(codes, learnt):
            file.write(f"code\t{code}\t{round(bias * 100)}\n")
        for index, name in sorted(enumerate(names), key=lambda pair: pair[1]):
            row = [f"{number}:{round(weights[index] * 100)}" for number, (weights, _) in enumerate(learnt) if abs(weights[index]) >= SMALLEST]
            if row:
                file.write(f"word\t{name}\t{' '.join(row)}\n")


if __name__ == "__main__":
    main()
