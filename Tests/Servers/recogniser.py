#!/usr/bin/env python3
"""Speech recognisers that misbehave, for tests. usage: recogniser.py wyoming|endpoint FAULT,FAULT,... [CA_FILE]

`wyoming` hears utterances as a Wyoming server does, `endpoint` is an OpenAI-compatible transcription endpoint (which wants the
key "right"; with CA_FILE it speaks TLS under a certificate of its own, which it writes there). Every request meets the next
fault of the list, and none when the list is over:

  ok, close (answers, then ends the connection), slow (answers after 0.4 s), drop (ends the connection without an answer), cut
  (ends it in the middle of the answer), garbage (answers with bytes of chance), error (says that it failed), hang (never answers)

What it "hears" tells nothing but the number of the utterance that it answered. Prints {"port": ...} when ready; ends with its standard
input and then prints {"answered": n, "faults": n, "milliseconds": [...]}, the lengths of the utterances that it answered.
"""
import json
import random
import socket
import sys
import threading
import time

KIND, FAULTS = sys.argv[1], [fault for fault in sys.argv[2].split(",") if fault]
CHOICE, GUARD = random.Random(7), threading.Lock()
NUMBERS = "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte".split()
answered, met = [], 0


def fault():
    global met
    with GUARD:
        name = FAULTS.pop(0) if FAULTS else "ok"
        met += name not in ("ok", "close", "slow")
        return name


def hear(samples):
    with GUARD:
        answered.append(samples // 16)
        return f"frase {NUMBERS[(len(answered) - 1) % len(NUMBERS)]}"


def deliver(peer, make, failure, samples):
    """Answers as the next fault says; True where the connection may go on."""
    name = fault()
    if name == "slow":
        time.sleep(0.4)
    if name in ("ok", "slow", "close"):
        peer.sendall(make(hear(samples)))
        return name != "close"
    if name == "cut":
        answer = make("frase que nadie oye entera")
        peer.sendall(answer[: len(answer) - 9])
    elif name == "garbage":
        peer.sendall(CHOICE.randbytes(400) + b"\n" + CHOICE.randbytes(400))
    elif name == "error":
        peer.sendall(failure)
        return True
    elif name == "hang":
        time.sleep(30)
    return False


def event(kind, data=None):
    block = json.dumps(data).encode() if data else b""
    head = {"type": kind, "version": "1.5.0"} | ({"data_length": len(block)} if block else {})
    return json.dumps(head).encode() + b"\n" + block


def wyoming(peer):
    stream, samples = peer.makefile("rb"), 0
    while line := stream.readline():
        head = json.loads(line)
        json.loads(stream.read(head.get("data_length", 0)) or b"{}")
        payload = stream.read(head.get("payload_length", 0))
        if head["type"] == "describe":
            credit = {"attribution": {"name": "x", "url": "x"}, "installed": True, "version": "1"}
            model = {"name": "pretend", "description": "x", "languages": ["es", "en"], **credit}
            peer.sendall(event("info", {"asr": [{"name": "pretend", "description": "x", "models": [model], **credit}]}))
        elif head["type"] == "audio-start":
            samples = 0
        elif head["type"] == "audio-chunk":
            samples += len(payload) // 2
        elif head["type"] == "audio-stop":
            if not deliver(peer, lambda text: event("transcript", {"text": text}), event("error", {"text": "no"}), samples):
                return


def message(status, body):
    return f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def endpoint(peer):
    stream = peer.makefile("rb")
    while line := stream.readline():
        method, path, _ = line.decode().split(" ", 2)
        headers = {}
        while (field := stream.readline().strip()):
            name, _, value = field.decode().partition(":")
            headers[name.lower()] = value.strip()
        body = stream.read(int(headers.get("content-length", 0)))
        if headers.get("authorization") != "Bearer right":
            peer.sendall(message("401 Unauthorized", b'{"error": {"message": "wrong key"}}'))
        elif (method, path) == ("GET", "/v1/models"):
            peer.sendall(message("200 OK", b'{"object": "list", "data": [{"id": "whisper-1", "object": "model"}]}'))
        elif (method, path) == ("POST", "/v1/audio/transcriptions"):
            assert b'name="model"\r\n\r\nwhisper-1\r\n' in body and b'name="language"\r\n\r\nes\r\n' in body
            sound = body[body.index(b"RIFF"):]
            assert sound[8:16] == b"WAVEfmt " and sound[36:40] == b"data"
            samples = int.from_bytes(sound[40:44], "little") // 2
            make = lambda text: message("200 OK", json.dumps({"text": text}).encode())
            if not deliver(peer, make, message("503 Service Unavailable", b"{}"), samples):
                return
        else:
            peer.sendall(message("404 Not Found", b"{}"))


def serve(peer, secure):
    try:
        with (secure.wrap_socket(peer, server_side=True) if secure else peer) as connection:
            (wyoming if KIND == "wyoming" else endpoint)(connection)
    except (OSError, ValueError):
        pass


def accept(listener, secure):
    while True:
        peer, _ = listener.accept()
        threading.Thread(target=serve, args=(peer, secure), daemon=True).start()


def main():
    secure = None
    if len(sys.argv) > 3:
        import certificate

        secure = certificate.server_context(sys.argv[3])
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=accept, args=(listener, secure), daemon=True).start()
    print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
    sys.stdin.read()
    print(json.dumps({"answered": len(answered), "faults": met, "milliseconds": answered}), flush=True)


main()
