#!/usr/bin/env python3
"""Speed of Ponder against llama.cpp on the same file, interleaved in one run; prints medians and their ratio.

    compare_llama_cpp.py --ponder build/release/bin/ponder --llama-bench PATH/llama-bench -m FILE.gguf [-t 2] [-p 128] [-n 32] [-r 5]

The promise in README is decode >= 0.6 x llama.cpp. Exits 1 below `--at-least` (default 0.6).
"""
import argparse
import json
import statistics
import subprocess
import sys


def ponder(arguments):
    command = [arguments.ponder, "bench", "-m", arguments.model, "-t", arguments.threads, "-p", arguments.prompt,
               "-n", arguments.answer, "-r", "1", "--json"]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return report["prompt"]["tokensPerSecond"], report["decode"]["tokensPerSecond"]


def llama(arguments):
    command = [arguments.llama_bench, "-m", arguments.model, "-t", arguments.threads, "-p", arguments.prompt,
               "-n", arguments.answer, "-r", "1", "-o", "json"]
    tests = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return tuple(next(test["avg_ts"] for test in tests if test[kind]) for kind in ("n_prompt", "n_gen"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ponder", required=True)
    parser.add_argument("--llama-bench", required=True)
    parser.add_argument("-m", "--model", required=True)
    parser.add_argument("-t", "--threads", default="2")
    parser.add_argument("-p", "--prompt", default="128")
    parser.add_argument("-n", "--answer", default="32")
    parser.add_argument("-r", "--rounds", type=int, default=5)
    parser.add_argument("--at-least", type=float, default=0.6)
    arguments = parser.parse_args()
    with open(arguments.model, "rb") as file:  # both start with the file in the page cache
        while file.read(1 << 24):
            pass
    ours, theirs = [], []
    for _ in range(arguments.rounds):
        ours.append(ponder(arguments))
        theirs.append(llama(arguments))
    ratios = []
    for at, what in enumerate(("prompt", "decode")):
        a, b = (statistics.median(run[at] for run in runs) for runs in (ours, theirs))
        ratios.append(a / b)
        print(f"{what}: Ponder {a:.1f} tokens/s, llama.cpp {b:.1f} tokens/s, ratio {a / b:.2f}")
    sys.exit(0 if ratios[1] >= arguments.at_least else 1)


if __name__ == "__main__":
    main()
