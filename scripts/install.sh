#!/usr/bin/env bash
# Installs the program so that it runs from anywhere, even after the prefix is moved.
#
# usage: PREFIX=/usr/local [DESTDIR=] install.sh BINARY
set -euo pipefail
binary=$1
cd "$(dirname "$0")/.."
prefix=${DESTDIR:-}${PREFIX:?}
share=$prefix/share/acogida
install -d "$prefix/bin" "$prefix/lib/acogida" "$share/model" "$prefix/share/man/man1" "$prefix/share/man/man5" \
  "$prefix/share/bash-completion/completions" "$prefix/share/zsh/site-functions" "$prefix/share/fish/vendor_completions.d"
# A running program keeps its file: the new one comes under another name and takes its place at once.
install -m 755 "$binary" "$prefix/bin/.acogida.new"
mv "$prefix/bin/.acogida.new" "$prefix/bin/acogida"
install -m 644 .deps/lib/*.so "$prefix/lib/acogida/"
install -m 644 .deps/model/* "$share/model/"
for folder in forms gazetteers demo languages/es languages/en; do
  install -d "$share/$folder"
  install -m 644 assets/"$folder"/* "$share/$folder/"
done
install -m 644 LICENSE THIRD_PARTY.md "$share/"
install -m 644 man/*.1 "$prefix/share/man/man1/"
install -m 644 man/*.5 "$prefix/share/man/man5/"
"$prefix/bin/acogida" --generate-completion-script bash >"$prefix/share/bash-completion/completions/acogida"
"$prefix/bin/acogida" --generate-completion-script zsh >"$prefix/share/zsh/site-functions/_acogida"
"$prefix/bin/acogida" --generate-completion-script fish >"$prefix/share/fish/vendor_completions.d/acogida.fish"
echo "installed to $prefix"
