#!/usr/bin/env python3
"""Makes what the program can tell about itself: the pages in man/ and the list of keys in README.md.

usage: manual.py BINARY [--check]

The sources are the program's help (--experimental-dump-help) and its tables (`keys`, `config keys`, `form keys`, all with
--json). With --check nothing is written; the exit code is 1 when a file is stale. Needs nothing but Python 3.
"""
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- keys: made by scripts/manual.py -->", "<!-- keys: end -->"
HIDDEN = ("--help", "-h, --help", "--version")


def escape(text):
    lines = text.replace("\\", "\\e").replace("-", "\\-").split("\n")
    return "\n".join(("\\&" + line) if line[:1] in (".", "'") else line for line in lines)


def page(name, section, what, body):
    return "\n".join([
        '.\\" Made by scripts/manual.py from the program itself; change the program, not this file.',
        f'.TH {name.upper()} {section} "" "acogida" "{what[0]}"', ".SH NAME", f"{escape(name)} \\- {what[1]}", *body, ""])


def items(rows):
    """Terms with their explanations."""
    return [line for term, text in rows for line in (".TP", f".B {escape(term)}", escape(text))]


def names(argument):
    return ", ".join(("--" if name["kind"] == "long" else "-") + name["name"] for name in argument.get("names", []))


def usage(argument):
    value = argument.get("valueName", "value")
    if argument["kind"] == "positional":
        return value.upper()
    return names(argument) + (f" {value.upper()}" if argument["kind"] == "option" else "")


def shown(commands):
    return [inner for inner in commands if inner["commandName"] != "help" and inner.get("shouldDisplay", True)]


def command(info, path, out):
    full = " ".join([*path, info["commandName"]])
    out += [f".SS {escape(full)}", escape(info.get("abstract", ""))]
    if info.get("discussion") and path:
        out += [".PP", escape(info["discussion"])]
    for argument in info.get("arguments", []):
        if not argument.get("shouldDisplay", True) or names(argument) in HIDDEN:
            continue
        text = argument.get("abstract", "")
        if argument.get("defaultValue"):
            text += f" Default: {argument['defaultValue']}."
        out += items([(usage(argument), text)])
    for inner in shown(info.get("subcommands", [])):
        command(inner, [*path, info["commandName"]], out)


class Program:
    """What the program says, in English and without a configuration."""

    def __init__(self, binary):
        self.binary = binary

    def run(self, *arguments):
        environment = {"ACOGIDA_LANG": "en", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}
        return subprocess.run([self.binary, *arguments], capture_output=True, text=True, check=True, env=environment).stdout

    def rows(self, *arguments):
        return [json.loads(line) for line in self.run(*arguments, "--json").splitlines()]


def main_page(program):
    top = json.loads(program.run("--experimental-dump-help"))["command"]
    out = [".SH SYNOPSIS", ".B acogida", "[\\fICOMMAND\\fR] [\\fIOPTIONS\\fR]", ".SH DESCRIPTION", escape(top.get("discussion", "")), ".SH COMMANDS"]
    for inner in shown(top["subcommands"]):
        command(inner, ["acogida"], out)
    out += [".SH KEYS", "The desk's keys, unless the configuration says otherwise; Alt and a digit stand for a function key."]
    out += items((" ".join(key["keys"]), key["text"]) for key in program.rows("keys"))
    out += [
        ".SH FILES", ".TP", ".I $XDG_CONFIG_HOME/acogida/config.toml", "Configuration, see acogida\\-config(5).", ".TP",
        ".I $XDG_CONFIG_HOME/acogida/forms/", "Own forms, see acogida\\-forms(5).", ".TP", ".I $XDG_DATA_HOME/acogida/STAGE/",
        "Key, database, journals and sound of a stage; sealed, mode 0700.", ".SH ENVIRONMENT",
    ]
    out += items([
        ("ACOGIDA_STAGE", "The stage."),
        ("ACOGIDA_SCRIPT", "A file with a session for the desk, which then needs no terminal: a line holds keys by their names, or :wait TEXT, :gone TEXT, :type TEXT, :paste TEXT, :size 80x24, :click ROW COLUMN, :limit SECONDS, :save-screen FILE."),
        ("ACOGIDA_LANG", "Language of the screen: es or en."),
        ("LANGUAGE, LC_ALL, LC_MESSAGES, LANG", "Language of the screen, as gettext reads them, where neither ACOGIDA_LANG nor the configuration says it."),
        ("NO_COLOR", "No colours when not empty."), ("TERM", "The terminal; where it can't move its cursor, desk \\-\\-plain works.".replace("\\", "")),
    ])
    out += [
        ".SH EXIT STATUS", "0 done, 1 failed, 2 wrong state (no terminal, nothing to do), 64 usage, 130 and 143 ended by a signal.",
        ".SH SEE ALSO", "acogida\\-config(5), acogida\\-forms(5)",
    ]
    return page("acogida", 1, ("User Commands", "an intake desk that listens"), out)


def config_page(program):
    rows = program.rows("config", "keys")
    out = [
        ".SH DESCRIPTION", "A TOML file, $XDG_CONFIG_HOME/acogida/config.toml or what \\fB\\-\\-config\\fR names. What it leaves out keeps "
        "its default; flags weigh more, then the environment. \\fBacogida config check\\fR names the line of the first mistake, \\fBacogida "
        "config show\\fR prints the whole file with what is in force.", ".SH KEYS OF THE FILE"]
    for section in dict.fromkeys(row["section"] for row in rows):
        if section:
            out.append(f".SS [{section}]")
        for row in rows:
            if row["section"] == section:
                values = f" One of: {', '.join(row['choices'])}." if row["choices"] else ""
                default = f" Default: {row['value']}." if row["value"] else ""
                out += items([(row["name"], f"{row['text']}{values}{default}")])
    out += [
        ".SS [keys]", escape('Commands of the desk with the keys that ask for them, the first is the one shown: pause = ["F4", "ctrl-p"]. Keys are a '
                             "character, F1 to F24, enter, tab, esc, space, backspace, delete, insert, up, down, left, right, home, end, pageup and "
                             "pagedown, with ctrl-, alt- or shift- before them. Two commands of one place can't share a key; characters type while a "
                             "value is edited. The commands and their own keys:")]
    out += items((key["command"], f"{key['text']} [{', '.join(key['names'])}]") for key in program.rows("keys"))
    out += [".SH EXAMPLE", ".nf", escape('[screen]\ntheme = "high-contrast"\n\n[keys]\npause = ["F9", "ctrl-p", "p"]'), ".fi", ".SH SEE ALSO", "acogida(1)"]
    return page("acogida-config", 5, ("File Formats", "configuration of the intake desk"), out)


def forms_page(program):
    rows = program.rows("form", "keys")
    out = [".SH DESCRIPTION", escape("A form is a TOML file: sections of fields, and the lists of values that fields choose from. Forms of one's own "
                                     "stand in $XDG_CONFIG_HOME/acogida/forms; acogida form check FILE names the line of the first mistake, acogida "
                                     "form show prints the fields of a form. A localised text is a text, or a table of language to text.")]
    for table in dict.fromkeys(row["table"] for row in rows if row["table"] != "type"):
        out.append(f".SH {escape('[[' + table + ']]' if table else 'KEYS OF THE FILE')}")
        for row in rows:
            if row["table"] == table:
                need = ", must be there" if row["required"] else ""
                out += items([(row["name"], f"({row['kind']}{need}) {row['text']}")])
    out.append(".SH TYPES OF FIELDS")
    out += items((row["name"], row["text"]) for row in rows if row["table"] == "type")
    example = ('id = "arrivals"\nversion = "1"\ntitle = { es = "Llegadas", en = "Arrivals" }\n\n[[section]]\nid = "arrival"\n'
               'title = { es = "Llegada", en = "Arrival" }\n\n[[section.field]]\nname = "arrived"\ntype = "date"\n'
               'label = { es = "Fecha de llegada", en = "Date of arrival" }\nrequired = true\ncues.es = ["cuándo llegó"]')
    out += [".SH EXAMPLE", ".nf", escape(example), ".fi", ".SH SEE ALSO", "acogida(1)"]
    return page("acogida-forms", 5, ("File Formats", "forms of the intake desk"), out)


def readme(program):
    """README.md with its list of keys renewed."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    rows = [f"| {' '.join(key['keys']).replace('|', '&#124;')} | {key['text']} | `{key['command']}` |" for key in program.rows("keys")]
    table = "\n".join(["| keys | what they do | name in `[keys]` |", "|---|---|---|", *rows])
    return f"{head}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}"


def main():
    program = Program(sys.argv[1])
    files = {
        ROOT / "man/acogida.1": main_page, ROOT / "man/acogida-config.5": config_page, ROOT / "man/acogida-forms.5": forms_page,
        ROOT / "README.md": readme,
    }
    for path, make in files.items():
        text = make(program)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            sys.exit(f"{path.relative_to(ROOT)} is stale: run scripts/manual.py {sys.argv[1]}")


main()
