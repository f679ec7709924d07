#!/usr/bin/env python3
"""Opens sealed files with libsodium alone, as any other program would. usage: unseal.py SECRET_KEY FOLDER; prints how many it opened."""
import base64
import json
import sys
from pathlib import Path

from nacl.public import PrivateKey, SealedBox

label, text = Path(sys.argv[1]).read_text().strip().split(":")
assert label == "acogida-secret-key-1"
box = SealedBox(PrivateKey(base64.b64decode(text)))
contents = [box.decrypt(path.read_bytes()) for path in Path(sys.argv[2]).glob("**/*.sealed")]
assert all(b"submission" in content for content in contents)
print(json.dumps({"opened": len(contents)}), flush=True)
