#!/usr/bin/env python3
"""Speed of Ponder against llama.cpp and ik_llama.cpp on the same files, interleaved in one run.

    compare.py --ponder build/release/bin/ponder [--llama PATH/llama-bench] [--ik PATH/ik-llama-bench]
               [-t 2] [-p 512] [-n 32] [-d 0] [-r 5] [--markdown] FILE…

Every round runs every program once on a file, the order turning; what is printed are medians, the spread of ours, our ratio to
the best of the others with any flags, and the share of what memory allows: bytes of weights a token reads, by the bytes a second
that the same threads read, measured by each of our runs. Files are read once before, so that all start from the page cache.
With --depth so many tokens lie in the cache before the prompt, and before the answer: the bound does not count reading them, and
ik_llama.cpp, which cannot do the first, is timed for the answer alone.
ik_llama.cpp is run with its best flags (-fa 1 -fmoe 1 -mla 3), with and without run-time repacking (-rtr 1), llama.cpp as it comes.
What a program does not give is shown as "not read".
"""
import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path


# The best for mixtures of experts and latent attention.
IK_FLAGS = ["-fa", "1", "-fmoe", "1", "-mla", "3"]


def ponder(a, model):
    command = [a.ponder, "bench", "-m", model, "-t", a.threads, "-p", a.prompt, "-n", a.answer, "-d", a.depth, "-r", "1", "--json"]
    report = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    bound = report["memoryBytesPerSecond"] / report["bytesPerToken"]
    return report["prompt"]["tokensPerSecond"], report["decode"]["tokensPerSecond"], bound


def others_speeds(program, a, model, arguments):
    """Tokens a second of the prompt and of the answer, None for what was not asked for; None: it cannot read the file."""
    command = [program, "-m", model, "-t", a.threads, "-r", "1", "-o", "json", *arguments]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        return None
    # ik_llama.cpp says in between what it computes of a latent model.
    tests = json.loads("\n".join(line for line in result.stdout.splitlines() if line.startswith((" ", "[", "]"))))
    answer = next(test["avg_ts"] for test in tests if test["n_gen"])
    return next((test["avg_ts"] for test in tests if not test["n_gen"]), None), answer


def llama(program):
    return lambda a, model: others_speeds(program, a, model, ["-p", a.prompt, "-n", a.answer, "-d", a.depth])


def ik(program, flags):
    def run(a, model):
        tests = ["-p", a.prompt, "-n", a.answer] if a.depth == "0" else ["-p", "0", "-n", "0", "-gp", f"{a.depth},{a.answer}"]
        return others_speeds(program, a, model, [*tests, *flags])
    return run


def read(model):
    """Brings a file into the page cache."""
    with open(model, "rb") as file:
        while file.read(1 << 24):
            pass


def version(program):
    result = subprocess.run([program, "--version"], capture_output=True, text=True)
    lines = (result.stdout + result.stderr).strip().splitlines()
    return lines[0] if lines and result.returncode == 0 else "version unknown"


def lines(a, row):
    """A file's two lines of the table."""
    depth = f" at {a.depth}" if a.depth != "0" else ""
    result = []
    for at, what in enumerate((f"prompt {a.prompt}{depth}", f"decode {a.answer}{depth}")):
        ours = [run[at] for run in row["ours"]]
        speeds = {name: [run[at] for run in runs if run[at]] for name, runs in row["others"].items()}
        medians = {name: statistics.median(each) if each else None for name, each in speeds.items()}
        best = max((m for m in medians.values() if m), default=None)
        mine = statistics.median(ours)
        share = statistics.median(run[1] / run[2] for run in row["ours"])
        result.append([row["file"], what, f"{mine:.1f}", f"{min(ours):.1f}–{max(ours):.1f}",
                       *(f"{m:.1f}" if m else "not read" for m in medians.values()),
                       f"{mine / best:.2f}" if best else "–", f"{100 * share:.0f} %" if at else ""])
    return result


def show(a, cells, widths):
    if a.markdown:
        print("| " + " | ".join(cells) + " |", flush=True)
    else:
        print("  ".join(cell.ljust(width) for cell, width in zip(cells, widths)).rstrip(), flush=True)


def arguments(description):
    """What every comparison asks for."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ponder", required=True)
    parser.add_argument("--llama")
    parser.add_argument("--ik")
    parser.add_argument("-t", "--threads", default="2")
    parser.add_argument("-r", "--rounds", type=int, default=5)
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("files", nargs="+")
    return parser


def main():
    parser = arguments(__doc__)
    parser.add_argument("-p", "--prompt", default="512")
    parser.add_argument("-n", "--answer", default="32")
    parser.add_argument("-d", "--depth", default="0")
    a = parser.parse_args()
    programs = {}
    if a.llama:
        programs["llama.cpp"] = llama(a.llama)
    if a.ik:
        programs["ik"] = ik(a.ik, IK_FLAGS)
        programs["ik -rtr"] = ik(a.ik, [*IK_FLAGS, "-rtr", "1"])
    for name, program in (("llama.cpp", a.llama), ("ik_llama.cpp", a.ik)):
        if program:
            print(f"{name}: {program} ({version(program)})", file=sys.stderr)
    heads = ["file", "what", "Ponder", "spread", *programs, "ratio to the best", "of the bound"]
    widths = [max(len(Path(model).stem) for model in a.files), 20, 8, 15, *(10 for _ in programs), 17, 12]
    show(a, heads, widths)
    if a.markdown:
        print("|" + "---|" * len(heads))
    for model in a.files:
        read(model)
        row = {"file": Path(model).stem, "ours": [], "others": {name: [] for name in programs}}
        runs = [("ours", ponder), *programs.items()]
        for turn in range(a.rounds):
            for name, run in runs[turn % len(runs):] + runs[:turn % len(runs)]:
                if name == "ours":
                    row["ours"].append(run(a, model))
                    read(model)  # Ponder gave its pages back: it must lie in the page cache for the next
                    continue
                result = run(a, model)
                if result:
                    row["others"][name].append(result)
        for line in lines(a, row):
            show(a, line, widths)


if __name__ == "__main__":
    main()
