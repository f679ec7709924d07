#!/usr/bin/env python3
"""Tone of turns: `acogida report tone` beside lexicons and a classifier from PyPI, on turns labelled by hand (benchmarks/tone).

usage: tone.py [BINARY]      run it with .deps/bench/venv/bin/python for the peers

Macro-F1 over the four labels, and over positive, neutral and negative on the turns that are none of them mixed (an answer "mixed" is then
a miss). Peers say a number: above nought positive, below negative, nought neutral; they know no mixed turns. Turns with an odd number were
looked at while the lexicon was mended, those with an even one never were.
"""
import json
import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

from common import BINARY, ROOT, line

LABELS = ("neutral", "negative", "positive", "mixed")


def acogida(turns, language, binary):
    """Labels of the real program, from a transcript as `acogida transcribe` writes it."""
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / "turns.jsonl"
        rows = [dict(start=float(i), end=i + 0.9, text=turn["text"], speaker=turn["speaker"]) for i, turn in enumerate(turns)]
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))
        environment = dict(os.environ, ACOGIDA_LANG="en", XDG_DATA_HOME=home, XDG_CONFIG_HOME=home)
        run = subprocess.run([binary, "report", "tone", str(file), "--language", language, "--format", "json"], env=environment, capture_output=True, text=True, check=True)
    return [row["tone"] for row in map(json.loads, run.stdout.splitlines()) if "start" in row]


def sign(number, near=0.0):
    return "positive" if number > near else "negative" if number < -near else "neutral"


def peers():
    """Name, language and what gives the label of a text, of every peer that can be loaded; what can't is said."""
    warnings.filterwarnings("ignore")

    def sentileak():
        from sentileak import SentiLeak
        reader = SentiLeak()
        return lambda text: sign(reader.compute_sentiment(text)["global_sentiment"])

    def naive_bayes():
        from sentiment_analysis_spanish.sentiment_analysis import SentimentAnalysisSpanish
        reader = SentimentAnalysisSpanish()
        # A probability: its middle third is taken for neutral.
        return lambda text: sign(reader.sentiment(text) - 0.5, 1 / 6)

    def vader():
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
        reader = SentimentIntensityAnalyzer()
        # The limit of its authors.
        return lambda text: sign(reader.polarity_scores(text)["compound"], 0.05)

    for name, language, make in (("SentiLeak 0.1.4", "es", sentileak), ("sentiment-analysis-spanish 0.0.25", "es", naive_bayes), ("VADER 3.3.2", "en", vader)):
        try:
            yield name, language, make()
        except Exception as error:  # noqa: BLE001: whatever keeps a peer from loading is said, and the others go on
            print(f"tone, {name}: not here ({type(error).__name__}: {error})")


def f1(turns, found, labels):
    result = {}
    for label in labels:
        right = sum(turn["tone"] == label == tone for turn, tone in zip(turns, found))
        counted = sum(turn["tone"] == label for turn in turns) + found.count(label)
        result[label] = 2 * right / counted if counted else 0.0
    return result


def show(name, turns, found):
    four = f1(turns, found, LABELS)
    plain = [(turn, tone) for turn, tone in zip(turns, found) if turn["tone"] != "mixed"]
    three = f1([turn for turn, _ in plain], [tone for _, tone in plain], LABELS[:3])
    neutral = [tone for turn, tone in zip(turns, found) if turn["tone"] == "neutral"]
    line(f"tone, {name}: macro-F1", f"{sum(four.values()) / 4:.3f}, three {sum(three.values()) / 3:.3f}",
         f"{len(turns)} turns; " + ", ".join(f"{label} {value:.2f}" for label, value in four.items())
         + f"; {100 * neutral.count('neutral') / len(neutral):.0f} % of the neutral ones told so")


def main():
    binary = sys.argv[1] if len(sys.argv) > 1 else str(BINARY)
    turns = [json.loads(row) for row in (ROOT / "benchmarks/tone/turns.jsonl").read_text().splitlines()]
    answers = {}
    for language in ("es", "en"):
        own = [turn for turn in turns if turn["language"] == language]
        for turn, tone in zip(own, acogida(own, language, binary)):
            answers[turn["id"]] = tone
    unseen = [turn for turn in turns if int(turn["id"][1:]) % 2 == 0]
    seen = [turn for turn in turns if int(turn["id"][1:]) % 2]
    for name, chosen in (("acogida, never looked at", unseen), ("acogida, looked at", seen)):
        show(name, chosen, [answers[turn["id"]] for turn in chosen])
    beside = list(peers())
    for language in ("es", "en"):
        chosen = [turn for turn in unseen if turn["language"] == language]
        show(f"{language}, never looked at, acogida", chosen, [answers[turn["id"]] for turn in chosen])
        show(f"{language}, never looked at, always neutral", chosen, ["neutral"] * len(chosen))
        for name, spoken, label in beside:
            if spoken == language:
                show(f"{language}, never looked at, {name}", chosen, [label(turn["text"]) for turn in chosen])


main()
