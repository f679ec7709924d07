#!/usr/bin/env python3
"""Makes man/acogida.1 from the program's own help (--experimental-dump-help) and its key table (`acogida keys --json`).

usage: manual.py BINARY [--check]
"""
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "man/acogida.1"


def escape(text):
    lines = text.replace("\\", "\\e").replace("-", "\\-").split("\n")
    return "\n".join(("\\&" + line) if line[:1] in (".", "'") else line for line in lines)


def names(argument):
    return ", ".join(("--" if name["kind"] == "long" else "-") + name["name"] for name in argument.get("names", []))


def usage(argument):
    value = argument.get("valueName", "value")
    if argument["kind"] == "positional":
        return value.upper()
    return names(argument) + (f" {value.upper()}" if argument["kind"] == "option" else "")


def command(info, path, out):
    full = " ".join([*path, info["commandName"]])
    out += [f".SS {escape(full)}", escape(info.get("abstract", ""))]
    if info.get("discussion") and path:
        out += [".PP", escape(info["discussion"])]
    for argument in info.get("arguments", []):
        if not argument.get("shouldDisplay", True) or names(argument) in ("--help", "-h, --help", "--version"):
            continue
        text = argument.get("abstract", "")
        if argument.get("defaultValue"):
            text += f" Default: {argument['defaultValue']}."
        out += [".TP", f".B {escape(usage(argument))}", escape(text)]
    for inner in info.get("subcommands", []):
        if inner["commandName"] != "help" and inner.get("shouldDisplay", True):
            command(inner, [*path, info["commandName"]], out)


def main():
    binary = sys.argv[1]
    run = lambda *arguments: subprocess.run([binary, *arguments], capture_output=True, text=True, check=True, env={"ACOGIDA_LANG": "en", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}).stdout
    top = json.loads(run("--experimental-dump-help"))["command"]
    keys = [json.loads(line) for line in run("keys", "--json").splitlines()]
    out = [
        ".\\\" Made by scripts/manual.py from the program itself; change the program, not this file.",
        '.TH ACOGIDA 1 "" "acogida" "User Commands"', ".SH NAME", "acogida \\- an intake desk that listens", ".SH SYNOPSIS",
        ".B acogida", "[\\fICOMMAND\\fR] [\\fIOPTIONS\\fR]", ".SH DESCRIPTION", escape(top.get("discussion", "")), ".SH COMMANDS",
    ]
    for inner in top["subcommands"]:
        if inner["commandName"] != "help" and inner.get("shouldDisplay", True):
            command(inner, ["acogida"], out)
    out.append(".SH KEYS")
    for key in keys:
        out += [".TP", f".B {escape(' '.join(key['keys']))}", escape(key["text"])]
    out += [
        ".SH FILES", ".TP", ".I $XDG_CONFIG_HOME/acogida/config.toml", "Configuration.", ".TP", ".I $XDG_CONFIG_HOME/acogida/forms/",
        "Own forms.", ".TP", ".I $XDG_DATA_HOME/acogida/STAGE/", "Key, database, journals and sound of a stage; sealed, mode 0700.",
        ".SH ENVIRONMENT", ".TP", ".B ACOGIDA_STAGE", "The stage.", ".TP", ".B ACOGIDA_LANG", "Language of the screen: es or en.", ".TP",
        ".B NO_COLOR", "No colours when not empty.", ".SH EXIT STATUS", "0 done, 1 failed, 2 wrong state (no terminal, nothing to do), 64 usage, 130 and 143 ended by a signal.", "",
    ]
    text = "\n".join(out)
    if "--check" in sys.argv:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text:
            sys.exit("man/acogida.1 is stale: run scripts/manual.py .build/debug/acogida")
    else:
        TARGET.parent.mkdir(exist_ok=True)
        TARGET.write_text(text, encoding="utf-8")


main()
