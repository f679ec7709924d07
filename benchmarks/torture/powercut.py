#!/usr/bin/env python3
"""Power cuts and failing disks: what a program had called safe must be there, whatever the disk forgot.

usage: powercut.py TORTURE-BINARY [--cuts N] [--faults N] [--seed S]

A run is recorded by faults.c. For a cut at some point of the record the disk is made anew: what was synced is there; of the
writes that were not, each page of 4 KiB is there or not, by chance; names that were not synced are there up to some point, in
their order, as journaling file systems keep them. Then the program's own start and verification run on that disk. In the same
way runs are made on a disk where one write, sync or truncation in N fails (EIO, ENOSPC), with kills. Prints figures.
"""
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = 4096


def number(name, default):
    return int(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv else default


def records(path):
    """The record as (kind, path, other path, offset, bytes)."""
    found, data, place = [], path.read_bytes(), 0
    while place < len(data):
        end = data.find(b"\n", place)
        if end < 0:
            break
        kind, name, other, offset, count = data[place:end].decode().split("\t")
        body = data[end + 1:end + 1 + int(count)]
        if len(body) < int(count):
            break
        found.append((kind, name, other, int(offset), body))
        place = end + 1 + int(count)
    return found


class File:
    """What is on the disk for certain, and what was written since."""

    def __init__(self):
        self.safe, self.pending = bytearray(), []

    def sync(self):
        for change in self.pending:
            self.apply(self.safe, change)
        self.pending = []

    @staticmethod
    def apply(contents, change):
        offset, body = change
        if body is None:
            del contents[offset:]
            contents.extend(b"\0" * (offset - len(contents)))
            return
        contents.extend(b"\0" * (offset - len(contents)))
        contents[offset:offset + len(body)] = body

    def after_cut(self, chance):
        contents, keep = bytearray(self.safe), chance.choice((0.0, 0.3, 0.7, 1.0))
        for offset, body in self.pending:
            if body is None:
                if chance.random() < keep:
                    self.apply(contents, (offset, None))
                continue
            place = 0
            while place < len(body):
                end = min(len(body), (offset + place) // PAGE * PAGE + PAGE - offset)
                if chance.random() < keep:
                    self.apply(contents, (offset + place, body[place:end]))
                place = end
        return contents


class Disk:
    """Names and files; names point to files as inodes do."""

    def __init__(self):
        self.names, self.safe_names, self.pending, self.folders, self.files = {}, {}, [], [], {}

    def take(self, kind, name, other, offset, body):
        if kind == "mkdir":
            self.folders.append(name)
        elif kind == "create":
            self.files[other] = File()
            self.change(("set", name, self.files[other]))
        elif kind == "write" and name in self.files:
            self.files[name].pending.append((offset, body))
        elif kind == "truncate" and name in self.files:
            self.files[name].pending.append((offset, None))
        elif kind == "rename" and name in self.names:
            self.change(("move", name, other))
        elif kind == "link" and name in self.names:
            self.change(("set", other, self.names[name]))
        elif kind == "unlink":
            self.change(("drop", name, None))
        elif kind == "sync" and name in self.files:
            self.files[name].sync()
            # A journaling file system that syncs a file keeps the name by which it was made, and all names before.
            made = [place for place, change in enumerate(self.pending) if change[0] == "set" and change[2] is self.files[name]]
            if made:
                self.keep_names(made[-1] + 1)
        elif kind == "sync":
            self.keep_names(len(self.pending))

    def change(self, change):
        self.pending.append(change)
        self.apply(self.names, change)

    def keep_names(self, count):
        for change in self.pending[:count]:
            self.apply(self.safe_names, change)
        self.pending = self.pending[count:]

    @staticmethod
    def apply(names, change):
        what, name, value = change
        if what == "set":
            names[name] = value
        elif what == "move":
            if name in names:
                names[value] = names.pop(name)
        else:
            names.pop(name, None)

    def after_cut(self, chance, root, target):
        names = dict(self.safe_names)
        for change in self.pending[:chance.randint(0, len(self.pending))]:
            self.apply(names, change)
        target.mkdir(mode=0o700)
        for folder in self.folders:
            (target / os.path.relpath(folder, root)).mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, file in names.items():
            if name.endswith("-shm"):
                continue
            path = target / os.path.relpath(name, root)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.after_cut(chance))


def build(folder):
    library = folder / "faults.so"
    compiler = shutil.which("cc") or shutil.which("clang")
    if not compiler:
        sys.exit("powercut: no C compiler")
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", str(library), str(HERE / "faults.c"), "-ldl", "-lpthread"], check=True)
    return library


def work(binary, library, root, seed, seconds, **settings):
    """Runs a worker for a while and kills it; what it said."""
    environment = {**os.environ, "LD_PRELOAD": str(library), "FAULTS_ROOT": str(root), **settings}
    process = subprocess.Popen([binary, "--work", str(root), str(seed)], stdout=subprocess.PIPE, env=environment)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    return process.communicate()[0].decode(errors="replace")


def verify(binary, root, said, folder):
    told = folder / "told"
    told.write_text(said)
    result = subprocess.run([binary, "--verify", str(root), str(told)], capture_output=True, text=True)
    told.unlink()
    return result.returncode, result.stdout + result.stderr


def cuts(binary, library, chance, count, folder):
    """Power cuts; several at different points of each recorded run."""
    done = failed = told = 0
    while done < count:
        root, log = folder / "live", folder / "log"
        work(binary, library, root, chance.randrange(1 << 30), 1.5, FAULTS_LOG=str(log))
        record = records(log)
        shutil.rmtree(root, ignore_errors=True)
        log.unlink()
        for _ in range(min(20, count - done)):
            point = chance.randint(len(record) // 50, len(record))
            disk, said = Disk(), ""
            for kind, name, other, offset, body in record[:point]:
                if kind == "say":
                    said += body.decode()
                else:
                    disk.take(kind, name, other, offset, body)
            target = folder / "cut"
            disk.after_cut(chance, root, target)
            code, text = verify(binary, target, said, folder)
            if code != 0:
                failed += 1
                print(f"cut at {point} of {len(record)}: {text.strip()}")
                kept = Path(tempfile.gettempdir()) / f"acogida-powercut-{os.getpid()}-{done}"
                shutil.move(target, kept)
                (kept / "said").write_text(said)
                print(f"kept in {kept}")
            told += said.count("\n")
            done += 1
            shutil.rmtree(target, ignore_errors=True)
    print(f"power cuts {done}: {told} lines of a program on disk, {failed} disks that lost something")
    return failed


def faults(binary, library, chance, count, folder):
    """A disk that fails now and then, and a kill."""
    failed = refused = acknowledged = 0
    for turn in range(count):
        root = folder / f"faulty{turn}"
        root.mkdir()
        said = work(
            binary, library, root, chance.randrange(1 << 30), 1.0, FAULTS_ERROR=("EIO", "ENOSPC")[turn % 2],
            FAULTS_RATE=str(chance.choice((7, 30, 100))), FAULTS_SEED=str(chance.randrange(1 << 30)))
        said = "\n".join(line for line in said.split("\n") if not line.startswith("! open"))
        refused += sum(line.startswith("! ") for line in said.split("\n"))
        acknowledged += sum(not line.startswith(("! ", "> ")) for line in said.split("\n"))
        if not (root / "torture" / "key").exists():
            continue
        code, text = verify(binary, root, said, folder)
        if code != 0:
            failed += 1
            print(f"failing disk {turn}: {text.strip()}")
        shutil.rmtree(root)
    print(f"failing disks {count}: {acknowledged} operations acknowledged, {refused} refused with an error, {failed} disks that lost something")
    return failed


def main():
    binary = os.path.abspath(sys.argv[1])
    chance = random.Random(number("--seed", 1))
    folder = Path(tempfile.mkdtemp(prefix="acogida-powercut-"))
    try:
        library = build(folder)
        failed = cuts(binary, library, chance, number("--cuts", 200), folder)
        failed += faults(binary, library, chance, number("--faults", 60), folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
