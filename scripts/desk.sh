#!/usr/bin/env bash
# Opens the desk, or, where there is no microphone, the desk on the demo recording.
set -uo pipefail
binary=$1
cd "$(dirname "$0")/.."
if "$binary" doctor --microphone >/dev/null 2>&1; then
  exec "$binary" desk
fi
echo 'No hay micrófono: el escritorio se abre con la grabación de demostración (una entrevista inventada).' >&2
echo 'There is no microphone: the desk opens on the demo recording (an invented interview).' >&2
exec "$binary" desk --stage demo --from assets/demo/interview.flac
