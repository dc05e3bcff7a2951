#!/bin/sh
# Trains the starter model from nothing and exports it. Usage: train.sh WORK [MINUTES]. Run it again to go on after an interruption.
set -eu
here=$(dirname "$0")
work=${1:?usage: train.sh WORK [MINUTES]}
mkdir -p "$work"
[ -d "$work/venv" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet -r "$here/requirements.txt"
# Large buffers are reused, not handed back to the system at every step.
export MALLOC_MMAP_THRESHOLD_=4000000000 MALLOC_TRIM_THRESHOLD_=8000000000 MALLOC_TOP_PAD_=268435456
"$work/venv/bin/python" "$here/train.py" "$work" --minutes "${2:-121}"
"$work/venv/bin/python" "$here/export.py" "$work" "$here/ponder-starter.gguf"
"$work/venv/bin/python" "$here/check_export.py" "$work" "$here/ponder-starter.gguf"
"$work/venv/bin/python" "$here/evaluate.py" --torch "$work"
