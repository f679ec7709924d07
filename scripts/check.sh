#!/usr/bin/env bash
# Format, generated files and house rules.
#
# usage: check.sh [BINARY]      what the program tells about itself is compared with the manual; build it first
set -euo pipefail
cd "$(dirname "$0")/.."
swift format lint --strict --recursive Sources Tests Package.swift
python3 scripts/messages.py --check
binary=${1:-.build/debug/acogida}
[ -x "$binary" ] || { echo "check: $binary is missing: build it, the manual is compared with it" >&2; exit 1; }
python3 scripts/manual.py "$binary" --check
# A forced unwrap or try ends an interview; unchecked sendability needs its proof in the line above.
if grep -rnE 'try!|fatalError\(' Sources --include='*.swift'; then
  echo 'check: try! and fatalError do not belong in the program' >&2
  exit 1
fi
# A failed print is not seen; Output throws.
if grep -rnE '(^|[^.a-zA-Z])print\(' Sources/acogida --include='*.swift'; then
  echo 'check: write with Output, not with print' >&2
  exit 1
fi
# What people read comes from the catalogues: no sentence stands in the rooms that speak to them.
if grep -rnE '"[^"]*[[:alpha:]]{2,} [[:lower:]]{2,} [[:lower:]]{2,}[^"]*"' Sources/{Desk,Terminal,acogida} --include='*.swift' \
  | grep -vE '^[^:]+:[0-9]+: *//'; then
  echo 'check: sentences belong into assets/po' >&2
  exit 1
fi
echo 'check: format, catalogues, manual and house rules are in order'
