#!/usr/bin/env python3
"""Our engine and others' over Wyoming. usage: wyoming_peers.py BINARY CT2_MODEL RECORDING

Run it with a Python that has `wyoming` and `wyoming-faster-whisper` from PyPI (tried: 1.10.2, 3.8.1), and ffmpeg on the PATH:

  1. the reference client of the protocol against `acogida engine serve`: describe, ping, two utterances over one connection;
  2. `acogida transcribe` against wyoming-faster-whisper;
  3. the same while that server is killed in the middle of a segment and started again: no word may be missing or doubled.
"""
import asyncio
import difflib
import signal
import socket
import subprocess
import sys
import time

from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncTcpClient
from wyoming.info import Describe, Info
from wyoming.ping import Ping, Pong

BINARY, MODEL, RECORDING = sys.argv[1:]
SECOND = 32_000


async def reference_client(port):
    command = ["ffmpeg", "-v", "error", "-i", RECORDING, "-f", "s16le", "-ar", "16000", "-ac", "1", "-t", "32", "-"]
    sound = subprocess.run(command, capture_output=True, check=True).stdout
    texts = []
    async with AsyncTcpClient("127.0.0.1", port) as client:
        await client.write_event(Describe().event())
        program = Info.from_event(await client.read_event()).asr[0]
        await client.write_event(Ping(text="x").event())
        assert Pong.from_event(await client.read_event()).text == "x"
        for start in (0, 16 * SECOND):
            await client.write_event(Transcribe(language="es").event())
            await client.write_event(AudioStart(rate=16000, width=2, channels=1).event())
            for place in range(start, start + 16 * SECOND, 3200):
                await client.write_event(AudioChunk(rate=16000, width=2, channels=1, audio=sound[place : place + 3200]).event())
            await client.write_event(AudioStop().event())
            texts.append(Transcript.from_event(await client.read_event()).text)
    return program.name, len(program.models[0].languages), texts


def serve_here():
    server = subprocess.Popen([BINARY, "engine", "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return server, int(server.stdout.readline().rsplit(":", 1)[1])


def serve_peer(port):
    command = [sys.executable, "-m", "wyoming_faster_whisper", "--model", MODEL, "--uri", f"tcp://127.0.0.1:{port}", "--data-dir", "/tmp",
               "--language", "es", "--device", "cpu", "--beam-size", "1", "--stt-library", "faster-whisper"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return server
        except OSError:
            time.sleep(0.2)


def transcribe(port):
    return subprocess.Popen([BINARY, "transcribe", "--engine", f"tcp://127.0.0.1:{port}", RECORDING], stdout=subprocess.PIPE, text=True)


def words(text):
    return "".join(letter.lower() if letter.isalnum() else " " for letter in text).split()


def main():
    server, port = serve_here()
    name, languages, texts = asyncio.run(reference_client(port))
    server.send_signal(signal.SIGTERM)
    print(f"reference client: {name}, {languages} languages, {[len(words(text)) for text in texts]} words")

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    peer = serve_peer(port)
    began = time.monotonic()
    whole = words(transcribe(port).communicate()[0])
    took = time.monotonic() - began
    print(f"wyoming-faster-whisper: {len(whole)} words in {took:.1f} s")

    run = transcribe(port)
    for _ in range(2):
        time.sleep(took / 4)
        peer.kill()
        peer.wait()
        peer = serve_peer(port)
    heard = words(run.communicate()[0])
    peer.kill()
    same = sum(block.size for block in difflib.SequenceMatcher(None, whole, heard, autojunk=False).get_matching_blocks())
    print(f"killed twice: {len(heard)} words, {same} of {len(whole)} the same, exit {run.returncode}")
    sys.exit(0 if run.returncode == 0 and same >= 0.96 * len(whole) and len(heard) <= 1.04 * len(whole) and all(texts) else 1)


main()
