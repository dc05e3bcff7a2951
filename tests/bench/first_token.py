#!/usr/bin/env python3
"""How soon the first token comes after a start, and what memory it takes: Ponder, llama.cpp and ik_llama.cpp in turn.

    first_token.py --ponder build/release/bin/ponder [--llama PATH/llama-bench] [--ik PATH/ik-llama-bench] [-t 2] [-r 5] FILE…

Every program is started, reads the file, evaluates eight tokens and one more: once with the file in the page cache (warm) and once
with none of it there (cold). For the others it is the time from their start to their end, without their warm-up; for Ponder it is
what `ponder bench` says from opening the file to the first token, and the time that `ponder --version` takes. Memory is the most
that was resident, files that are mapped included; Ponder's is that of a whole benchmark, with every expert read.
"""
import json
import os
import statistics
import subprocess
import time
from pathlib import Path

from compare import IK_FLAGS, arguments, read, show


def drop(model):
    """Takes a file out of the page cache."""
    with open(model, "rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def timed(command):
    """Seconds, greatest resident bytes and output of a program, or None where it failed."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return None if process.returncode else (seconds, usage.ru_maxrss * 1024, output)


def ponder(a, model):
    start, _, _ = timed([a.ponder, "--version"])
    result = timed([a.ponder, "bench", "-m", model, "-t", a.threads, "-p", "8", "-n", "1", "-r", "1", "--json"])
    if result is None:
        raise SystemExit(f"{a.ponder} cannot read {model}")
    report = json.loads(result[2])
    return start + report["firstTokenSeconds"], report["peakBytes"]


def other(program, flags):
    def run(a, model):
        result = timed([program, "-m", model, "-t", a.threads, "-p", "0", "-n", "0", "-pg", "8,1", "-r", "1", *flags])
        return result and result[:2]
    return run


def main():
    a = arguments(__doc__).parse_args()
    programs = {"Ponder": ponder}
    if a.llama:
        programs["llama.cpp"] = other(a.llama, ["--no-warmup"])
    if a.ik:
        programs["ik"] = other(a.ik, ["-w", "0", *IK_FLAGS])
        programs["ik -rtr"] = other(a.ik, ["-w", "0", *IK_FLAGS, "-rtr", "1"])
    heads = ["file", "page cache", *(f"{name} s" for name in programs), "of the best", *(f"{name} GB" for name in programs), "file GB"]
    widths = [max(len(Path(model).stem) for model in a.files), 10, *(12 for _ in programs), 11, *(12 for _ in programs), 8]
    show(a, heads, widths)
    if a.markdown:
        print("|" + "---|" * len(heads))
    for model in a.files:
        for state, prepare in (("warm", read), ("cold", drop)):
            runs = {name: [] for name in programs}
            for _ in range(a.rounds):
                for name, run in programs.items():
                    prepare(model)
                    result = run(a, model)
                    if result:
                        runs[name].append(result)
            seconds, memory = ({name: statistics.median(run[at] for run in each) if each else None for name, each in runs.items()}
                               for at in (0, 1))
            best = min((value for name, value in seconds.items() if name != "Ponder" and value), default=None)
            show(a, [Path(model).stem, state, *(f"{value:.2f}" if value else "not read" for value in seconds.values()),
                     f"{seconds['Ponder'] / best:.2f}" if best else "–",
                     *(f"{value / 1e9:.2f}" if value else "–" for value in memory.values()),
                     f"{Path(model).stat().st_size / 1e9:.2f}"], widths)


if __name__ == "__main__":
    main()
