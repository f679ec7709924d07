#!/usr/bin/env bash
# Runs the tests that are built, and says at the very end which failed and why: the log of a whole run is long.
#
# usage: test.sh [--filter NAME ...]      options go to `swift test`
set -uo pipefail
cd "$(dirname "$0")/.."
log=.build/test.log
swift test --skip-build "$@" 2>&1 | tee "$log"
result=${PIPESTATUS[0]}
[ "$result" -eq 0 ] && exit 0
echo "test: these failed (the whole log is in $log):"
grep -E -A 4 'recorded an issue|^[^ ]+ Test .* failed after|[Ff]atal error|error: Exited' "$log" | grep -vE '^(◇|✔|--)'
exit "$result"
