#!/usr/bin/env python3
"""Turns the gettext catalogues in assets/po into Sources/Messages/Catalogues.swift.

usage: messages.py [--check]

Every language must have the same keys and, per key, the same placeholders. With --check nothing is written; the exit code is 1
when the Swift file is stale. Needs nothing but Python 3.
"""
import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "Sources/Messages/Catalogues.swift"
LANGUAGES = ["es", "en"]


def read(path):
    """The messages of one .po file, key to text; stops the program at the first mistake, naming file and line."""
    messages, key, part = {}, None, None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        match = re.fullmatch(r'(?:(msgid|msgstr) )?("(?:[^"\\]|\\.)*")', line)
        if not match:
            sys.exit(f"{path}:{number}: not a line of a catalogue: {line}")
        word, text = match.group(1), ast.literal_eval(match.group(2))
        if word == "msgid":
            key, part = text, "id"
        elif word == "msgstr":
            if key in messages:
                sys.exit(f"{path}:{number}: {key} is there twice")
            messages[key], part = text, "text"
        elif part == "id":
            key += text
        else:
            messages[key] += text
    messages.pop("", None)
    return messages


def placeholders(text):
    return sorted(set(re.findall(r"\{(\w+)\}", text)))


def check(catalogues):
    """Compares the languages with the first one."""
    first = catalogues[LANGUAGES[0]]
    problems = []
    for language in LANGUAGES[1:]:
        other = catalogues[language]
        problems += [f"{language}.po lacks {key}" for key in first.keys() - other.keys()]
        problems += [f"{LANGUAGES[0]}.po lacks {key}" for key in other.keys() - first.keys()]
        for key in first.keys() & other.keys():
            if placeholders(first[key]) != placeholders(other[key]):
                problems.append(f"{key}: placeholders differ between {LANGUAGES[0]} and {language}")
    for language, messages in catalogues.items():
        problems += [f"{language}.po: {key} is empty" for key, text in messages.items() if not text]
    if problems:
        sys.exit("\n".join(sorted(problems)))


def swift(text):
    """A Swift string literal."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def source(catalogues):
    lines = [
        "// swift-format-ignore-file",
        "// Made by scripts/messages.py from assets/po; change the catalogues, not this file.",
        "",
        "/// Texts by language and key.",
        "let catalogues: [String: [String: String]] = [",
    ]
    lines += [f"  {swift(language)}: {language}Messages," for language in catalogues]
    lines += ["]", ""]
    for language, messages in catalogues.items():
        lines.append(f"private let {language}Messages: [String: String] = [")
        lines += [f"  {swift(key)}: {swift(text)}," for key, text in sorted(messages.items())]
        lines += ["]", ""]
    return "\n".join(lines)


def main():
    catalogues = {language: read(ROOT / f"assets/po/{language}.po") for language in LANGUAGES}
    check(catalogues)
    text = source(catalogues)
    if "--check" in sys.argv:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
            sys.exit(f"{TARGET.relative_to(ROOT)} is stale: run scripts/messages.py")
    else:
        TARGET.write_text(text, encoding="utf-8")


main()
