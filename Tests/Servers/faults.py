#!/usr/bin/env python3
"""A proxy that does what bad networks do. usage: faults.py UPSTREAM_PORT SEED [PERCENT [CA_FILE]]

Of the requests, PERCENT (default 40) meet a fault: lost on the way there, lost on the way back, delivered twice, delayed, the
answer cut or changed, or "503 Slow Down". Prints {"port": ...} when ready; ends with its standard input, and then prints how
many of each there were. The sequence of faults depends on the seed alone. With CA_FILE it speaks TLS under a certificate of its own, which it writes there.
"""
import json
import random
import socket
import sys
import threading
import time
from collections import Counter

from certificate import server_context

UPSTREAM = int(sys.argv[1])
CHOICE = random.Random(int(sys.argv[2]))
PERCENT = int(sys.argv[3]) if len(sys.argv) > 3 else 40
FAULTS = ["lost request", "lost answer", "twice", "delayed", "cut", "changed", "busy"]
BUSY = b"HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: 39\r\nConnection: close\r\n\r\n<Error><Code>SlowDown</Code></Error>\n  "
counts, guard = Counter(), threading.Lock()


def read_message(peer):
    """A request with its whole body; None when the peer has gone."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = peer.recv(65536)
        if not part:
            return None
        data += part
    head, body = data.split(b"\r\n\r\n", 1)
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        part = peer.recv(65536)
        if not part:
            return None
        body += part
    # The upstream closes after its answer, so that the answer's end is seen.
    return head + b"\r\nConnection: close\r\n\r\n" + body


def forward(message):
    with socket.create_connection(("127.0.0.1", UPSTREAM), timeout=30) as upstream:
        upstream.sendall(message)
        answer = b""
        while part := upstream.recv(65536):
            answer += part
    return answer


def fault():
    with guard:
        name = CHOICE.choice(FAULTS) if CHOICE.randrange(100) < PERCENT else "none"
        counts[name] += 1
        return name, CHOICE.random(), CHOICE.randrange(1, 256)


def serve(peer):
    with peer:
        message = read_message(peer)
        if message is None:
            return
        name, place, bits = fault()
        if name == "lost request":
            return
        if name == "busy":
            peer.sendall(BUSY)
            return
        if name == "delayed":
            time.sleep(0.02 + place * 0.1)
        answer = forward(message)
        if name == "twice":
            answer = forward(message)
        elif name == "lost answer":
            return
        elif name == "cut":
            answer = answer[: int(len(answer) * place)]
        elif name == "changed":
            at = int(len(answer) * place)
            answer = answer[:at] + bytes([answer[at] ^ bits]) + answer[at + 1 :]
        peer.sendall(answer)


def quietly(peer):
    try:
        serve(TLS.wrap_socket(peer, server_side=True) if TLS else peer)
    except OSError:
        pass


TLS = server_context(sys.argv[4]) if len(sys.argv) > 4 else None


def accept(listener):
    while True:
        peer, _ = listener.accept()
        threading.Thread(target=quietly, args=(peer,), daemon=True).start()


listener = socket.create_server(("127.0.0.1", 0))
threading.Thread(target=accept, args=(listener,), daemon=True).start()
print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
sys.stdin.read()
print(json.dumps(counts), flush=True)
