#!/usr/bin/env python3
"""Makes assets/screenshots/desk-es.svg and desk-en.svg: the real program on the demo recording, in tmux.

usage: picture.py BINARY      needs tmux
"""
import html
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COLUMNS, ROWS = 104, 32
WIDTH, HEIGHT = 8.4, 18
COLORS = ["#000000", "#cd3131", "#0dbc79", "#e5e510", "#2472c8", "#bc3fbc", "#11a8cd", "#e5e5e5",
          "#666666", "#f14c4c", "#23d18b", "#f5f543", "#3b8eea", "#d670d6", "#29b8db", "#ffffff"]


def indexed(number):
    """A colour of xterm's 256 as #rrggbb."""
    if number < 16:
        return COLORS[number]
    if number >= 232:
        return "#" + f"{8 + 10 * (number - 232):02x}" * 3
    steps = [0, 95, 135, 175, 215, 255]
    return "#" + "".join(f"{steps[(number - 16) // place % 6]:02x}" for place in (36, 6, 1))


PLAIN = {"fg": None, "bg": None, "bold": False, "dim": False, "italic": False, "underline": False, "reverse": False}


def change(style, codes):
    style = dict(style)
    codes = [int(code or 0) for code in codes.split(";")]
    while codes:
        code = codes.pop(0)
        if code == 0:
            style = dict(PLAIN)
        elif code in (1, 2, 3, 4, 7):
            style[{1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse"}[code]] = True
        elif 30 <= code <= 37 or 90 <= code <= 97:
            style["fg"] = COLORS[code % 10 + (8 if code >= 90 else 0)]
        elif 40 <= code <= 47 or 100 <= code <= 107:
            style["bg"] = COLORS[code % 10 + (8 if code >= 100 else 0)]
        elif code in (38, 48) and codes[:1] == [5]:
            style["fg" if code == 38 else "bg"] = indexed(codes[1])
            codes = codes[2:]
        elif code == 39:
            style["fg"] = None
        elif code == 49:
            style["bg"] = None
    return style


def svg(screen):
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{COLUMNS * WIDTH:.0f}" height="{ROWS * HEIGHT}" '
           'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14" xml:space="preserve">',
           '<rect width="100%" height="100%" fill="#101010"/>']
    style = dict(PLAIN)
    for row, text in enumerate(screen.split("\n")[:ROWS]):
        column = 0
        for piece in re.split(r"(\x1b\[[0-9;]*m)", text):
            if piece.startswith("\x1b"):
                style = change(style, piece[2:-1])
                continue
            if not piece:
                continue
            fg, bg = style["fg"] or "#d4d4d4", style["bg"]
            if style["reverse"]:
                fg, bg = bg or "#101010", fg
            x, y = column * WIDTH, row * HEIGHT
            if bg:
                out.append(f'<rect x="{x:.1f}" y="{y}" width="{len(piece) * WIDTH:.1f}" height="{HEIGHT}" fill="{bg}"/>')
            if piece.strip():
                look = ("font-weight:bold;" if style["bold"] else "") + ("font-style:italic;" if style["italic"] else "")
                look += ("text-decoration:underline;" if style["underline"] else "") + ("opacity:.6;" if style["dim"] else "")
                out.append(f'<text x="{x:.1f}" y="{y + 14}" fill="{fg}" style="{look}" textLength="{len(piece) * WIDTH:.1f}" '
                           f'lengthAdjust="spacingAndGlyphs">{html.escape(piece)}</text>')
            column += len(piece)
    return "\n".join([*out, "</svg>", ""])


def tmux(*arguments):
    return subprocess.run(["tmux", "-u", "-L", "picture", *arguments], capture_output=True, text=True, check=True).stdout


def wait(text, seconds=90):
    end = time.monotonic() + seconds
    while text not in tmux("capture-pane", "-p", "-t", "p"):
        if time.monotonic() > end:
            sys.exit(f"the screen never showed {text}")
        time.sleep(0.2)


def main():
    binary = Path(sys.argv[1]).resolve()
    target = ROOT / "assets/screenshots"
    target.mkdir(parents=True, exist_ok=True)
    for language, first in (("es", "Antes de empezar"), ("en", "Before we begin")):
        with tempfile.TemporaryDirectory() as home:
            variables = f"env HOME={home} XDG_DATA_HOME={home}/d XDG_CONFIG_HOME={home}/c XDG_STATE_HOME={home}/s XDG_CACHE_HOME={home}/k"
            command = f"{variables} ACOGIDA_LANG={language} {binary} desk --stage demo --from {ROOT}/assets/demo/interview.flac"
            tmux("new-session", "-d", "-s", "p", "-x", str(COLUMNS), "-y", str(ROWS), command)
            try:
                wait(first)
                tmux("send-keys", "-t", "p", "Enter")
                wait("López García[a]")
                tmux("send-keys", "-t", "p", "Enter")
                wait("12345678Z")
                wait("612")
                (target / f"desk-{language}.svg").write_text(svg(tmux("capture-pane", "-e", "-p", "-t", "p")), encoding="utf-8")
            finally:
                tmux("kill-server")
    print("assets/screenshots: desk-es.svg, desk-en.svg")


main()
