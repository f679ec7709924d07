#!/usr/bin/env python3
"""How many keys and how much attention a recorded intake costs, from the end of the talk to the receipt: the real program on the demo.

usage: keys.py [BINARY]      needs tmux; with PulseAudio the demo is heard through a microphone in real time, else read from its file

Every value that was heard is accepted as it is: what is counted is what the screen asks for, not what a careful person corrects. The
attention of a person is estimated by the keystroke-level model (Card, Moran and Newell, 1980: 1.35 s to look and decide before a key,
0.28 s to press it) and added to what the program makes one wait, which is measured.
"""
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from common import BINARY, DEMO, ROOT, line

DECIDE, PRESS = 1.35, 0.28
PULSE = ROOT / "scripts/pulse-microphone.sh"


class Desk:
    """The program in a tmux window."""

    def __init__(self, command, environment):
        self.keys, self.waited = 0, 0.0
        variables = " ".join(f"{name}={value}" for name, value in environment.items())
        self.tmux("new-session", "-d", "-s", "k", "-x", "110", "-y", "40", f"env {variables} {command}")

    def tmux(self, *arguments):
        return subprocess.run(["tmux", "-u", "-L", f"keys{os.getpid()}", *arguments], capture_output=True, text=True, check=True).stdout

    def screen(self):
        return self.tmux("capture-pane", "-p", "-t", "k")

    def wait(self, condition, seconds=60, what="what was waited for"):
        """Seconds until the screen satisfies the condition."""
        start = time.monotonic()
        while not condition(self.screen()):
            if time.monotonic() - start > seconds:
                sys.exit(f"keys.py: the screen never showed {what}:\n{self.screen()}")
            time.sleep(0.01)
        return time.monotonic() - start

    def press(self, key, condition, seconds=60, what="an answer"):
        """A key of the technician, and the wait for what it brings."""
        self.keys += 1
        self.tmux("send-keys", "-t", "k", key)
        self.waited += self.wait(condition, seconds, what)

    def close(self):
        subprocess.run(["tmux", "-L", f"keys{os.getpid()}", "kill-server"], capture_output=True)


def waiting(screen):
    """Fields that wait for a person, counted in the form: the line that sums them up also carries messages."""
    return len(re.findall(r"(?:sugerido|dudoso) +\d+%", screen))


def microphone(folder):
    """The environment of a private PulseAudio, or nothing."""
    started = subprocess.run([PULSE, "start", folder], capture_output=True, text=True)
    if started.returncode:
        return {}
    return dict(word.split("=", 1) for word in started.stdout.split() if "=" in word)


def main():
    binary = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else BINARY
    with tempfile.TemporaryDirectory() as home:
        sound = microphone(f"{home}/pulse")
        environment = {"HOME": home, "ACOGIDA_LANG": "es", **sound}
        for name in ("DATA", "CONFIG", "STATE", "CACHE"):
            environment[f"XDG_{name}_HOME"] = f"{home}/{name.lower()}"
        source = "--device pmic" if sound else f"--from {DEMO} --pace fast"
        desk = Desk(f"{binary} desk --stage bench {source}", environment)
        player = None
        try:
            if sound:
                desk.wait(lambda screen: "q salir" in screen, what="the first screen")
                desk.tmux("send-keys", "-t", "k", "n")
            desk.wait(lambda screen: "Antes de empezar" in screen, what="the consent")
            desk.tmux("send-keys", "-t", "k", "Enter")
            if sound:
                desk.wait(lambda screen: "GRABANDO" in screen, what="the recording")
                player = subprocess.Popen(["paplay", "--device=mic", DEMO], env={**os.environ, **sound})
                player.wait()
                # The talk is over: from here on every key counts.
                desk.press("s", lambda screen: "GRABACIÓN TERMINADA" in screen, what="the end of the recording")
            else:
                desk.wait(lambda screen: "GRABACIÓN TERMINADA" in screen, 180, "the end of the recording")
            desk.waited += desk.wait(lambda screen: "muchas gracias" in screen.lower() and "≈" not in screen, 60, "the last words")
            desk.wait(lambda screen: waiting(screen) > 0, what="fields to confirm")
            fields = left = waiting(desk.screen())
            while left:
                before = left
                desk.press("Enter", lambda screen: waiting(screen) < before, what="one field less")
                left = waiting(desk.screen())
            desk.press("s", lambda screen: "guardada" in screen, what="the receipt")
        finally:
            desk.close()
            if player:
                player.kill()
            if sound:
                subprocess.run([PULSE, "stop", f"{home}/pulse"], capture_output=True)
        bar = fields + (2 if sound else 1)
        how = "microphone" if sound else "file, the end of which needs no key"
        line(f"keys from the end of the talk to the receipt, {fields} fields ({how})", desk.keys, f"bar {bar}")
        line("seconds of waiting for the program meanwhile", f"{desk.waited:.1f} s", "measured")
        attention = desk.keys * PRESS + fields * DECIDE + desk.waited
        line("seconds of technician attention", f"{attention:.0f} s", f"{DECIDE} s to look at a field, {PRESS} s a key (model)")
        if desk.keys > bar:
            sys.exit("keys.py: more keys than the bar")


main()
