#!/usr/bin/env python3
"""Speed of Ponder against llama.cpp and ik_llama.cpp on the same files, interleaved in one run.

    compare.py --ponder build/release/bin/ponder [--llama PATH/llama-bench] [--ik PATH/ik-llama-bench]
               [-t 2] [-p 512] [-n 64] [-d 0] [-r 5] [--markdown] FILE…

Every round runs every program once on a file, the order turning; what is printed are medians, the spread of ours, and our ratio to
the best of the others with any flags: the median over the rounds, each against the same round's run. Files are read once before,
so that all start from the page cache.
Answers wait for memory, whose speed on a shared machine swings within minutes. So a plain read of it by as many threads
(`ponder bench --memory`) is timed before and after every run, and each program's speed is followed by its share of what that read
allows: the bytes of weights that Ponder reads for a token, times its tokens a second, by the bytes a second of the read.
With --depth so many tokens lie in the cache before the prompt, and before the answer: the share does not count reading them, and
ik_llama.cpp, which cannot do the first, is timed for the answer alone. With -p 0 answers alone are timed.
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


class Run:
    """One run of a program: tokens a second of the prompt and of the answer, None for what was not asked for."""

    def __init__(self, prompt, answer):
        self.prompt, self.answer = prompt, answer
        self.read = None  # bytes of memory a second, beside this run

    def share(self, bytes_per_token):
        return self.answer * bytes_per_token / self.read


def ponder_report(a, *arguments):
    command = [a.ponder, "bench", "-t", a.threads, *arguments, "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def ponder(a, model):
    """A run, and the bytes of weights that a token of an answer reads."""
    prompt = a.prompt if a.prompt != "0" else "1"
    report = ponder_report(a, "-m", model, "-p", prompt, "-n", a.answer, "-d", a.depth, "-r", "1")
    return Run(report["prompt"]["tokensPerSecond"], report["decode"]["tokensPerSecond"]), report["bytesPerToken"]


def memory(a):
    return ponder_report(a, "--memory")["memoryBytesPerSecond"]


def others_speeds(program, a, model, arguments):
    """A run, or None: it cannot read the file."""
    command = [program, "-m", model, "-t", a.threads, "-r", "1", "-o", "json", *arguments]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        return None
    # ik_llama.cpp says in between what it computes of a latent model.
    tests = json.loads("\n".join(line for line in result.stdout.splitlines() if line.startswith((" ", "[", "]"))))
    answer = next(test["avg_ts"] for test in tests if test["n_gen"])
    return Run(next((test["avg_ts"] for test in tests if not test["n_gen"]), None), answer)


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


def median(values):
    return statistics.median(values) if values else None


def ratio(ours, others, what):
    """The median over the rounds of our speed by that of the program with the best median; "–": there is none."""
    medians = {name: median([getattr(run, what) for run in runs if run and getattr(run, what)]) for name, runs in others.items()}
    read = {name: each for name, each in medians.items() if each}
    if not read:
        return "–"
    best = others[max(read, key=read.get)]
    return f"{median([getattr(o, what) / getattr(b, what) for o, b in zip(ours, best) if b]):.2f}"


def spread(values, form):
    return f"{form.format(min(values))}–{form.format(max(values))}"


def lines(a, row):
    """A file's lines of the table."""
    depth = f" at {a.depth}" if a.depth != "0" else ""
    ours, others = row["ours"], row["others"]
    present = {name: [run for run in runs if run] for name, runs in others.items()}
    result = []
    if a.prompt != "0":
        speeds = [median([run.prompt for run in runs if run.prompt]) for runs in present.values()]
        prompts = [run.prompt for run in ours]
        result.append([row["file"], f"prompt {a.prompt}{depth}", f"{median(prompts):.1f}", spread(prompts, "{:.1f}"),
                       *(f"{speed:.1f}" if speed else "not read" for speed in speeds), ratio(ours, others, "prompt"), ""])

    def with_share(runs):
        share = median([run.share(row["bytes"]) for run in runs])
        return f"{median([run.answer for run in runs]):.1f} ({100 * share:.0f} %)"

    reads = [run.read / 1e9 for runs in [ours, *present.values()] for run in runs]
    result.append([row["file"], f"decode {a.answer}{depth}", with_share(ours), spread([run.answer for run in ours], "{:.1f}"),
                   *(with_share(runs) if runs else "not read" for runs in present.values()), ratio(ours, others, "answer"),
                   f"{median(reads):.0f} ({spread(reads, '{:.0f}')})"])
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


def measure(a, model, programs):
    """All rounds with one file."""
    read(model)
    row = {"file": Path(model).stem, "bytes": 0, "ours": [], "others": {name: [] for name in programs}}
    runs = [("ours", ponder), *programs.items()]
    before = memory(a)
    for turn in range(a.rounds):
        for name, program in runs[turn % len(runs):] + runs[:turn % len(runs)]:
            if name == "ours":
                run, row["bytes"] = ponder(a, model)
                row["ours"].append(run)
            else:
                run = program(a, model)
                row["others"][name].append(run)
            after = memory(a)
            if run:
                run.read = (before + after) / 2
            before = after
            if name == "ours":
                read(model)  # Ponder gave its pages back: it must lie in the page cache for the next
    return row


def main():
    parser = arguments(__doc__)
    parser.add_argument("-p", "--prompt", default="512")
    parser.add_argument("-n", "--answer", default="64")
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
    heads = ["file", "what", "Ponder", "spread", *programs, "to the best", "memory, GB/s"]
    widths = [max(len(Path(model).stem) for model in a.files), 20, 12, 15, *(12 for _ in programs), 11, 12]
    show(a, heads, widths)
    if a.markdown:
        print("|" + "---|" * len(heads))
    for model in a.files:
        for line in lines(a, measure(a, model, programs)):
            show(a, line, widths)


if __name__ == "__main__":
    main()
