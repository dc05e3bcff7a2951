"""Accuracy on the frozen held-out questions of questions.json, per skill, with the number of endless answers.

`evaluate.py --ponder PROGRAM [--model FILE.gguf]`  asks the program itself (`ponder ask --json`); questions with earlier turns are left out
`evaluate.py --torch WORK`                          asks the last checkpoint (running average), all questions
`evaluate.py --file FILE.gguf`                      asks an exported file with PyTorch, all questions
`evaluate.py --freeze`                              writes questions.json anew: only after the data changed
An answer counts when it equals the expected text, nothing less.
"""
import argparse
import json
import random
import subprocess
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
QUESTIONS = HERE / "questions.json"
LIMIT = 400


def freeze(count=500):
    from data.conversation import SKILLS, sample
    from data.letters import SPELL_OFF, SPELL_ON
    rng, rows, seen = random.Random(2026), [], set()
    shares = {skill: round(count * weight / sum(SKILLS.values())) for skill, weight in SKILLS.items()}
    shares["addition"] += count - sum(shares.values())
    for skill, share in shares.items():
        while share:
            one = sample(rng, test=True, skill=skill)
            key = (tuple(one.turns), one.question)
            if key in seen:
                continue
            seen.add(key)
            share -= 1
            clean = lambda text: text.strip(SPELL_ON + SPELL_OFF)
            messages = [m for q, a in one.turns for m in (dict(role="user", content=q), dict(role="assistant", content=clean(a)))]
            rows.append(dict(skill=skill, messages=messages + [dict(role="user", content=one.question)], answer=clean(one.answer)))
    QUESTIONS.write_text("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]\n")


def ask_torch(rows, encoder, model):
    """(answer, ended) of every row."""
    import torch
    from data.conversation import Conversation
    from model import generate
    from text import END, PAD
    replies = []
    prompts = []
    for row in rows:
        texts = [m["content"] for m in row["messages"]]
        prompts.append(encoder.prompt(Conversation("", list(zip(texts[0:-1:2], texts[1::2])), texts[-1], "", "")))
    order = sorted(range(len(rows)), key=lambda i: len(prompts[i]))
    replies = [None] * len(rows)
    for start in range(0, len(order), 125):
        part = order[start:start + 125]
        for i, (ids, ended) in zip(part, generate(model, [prompts[i] for i in part], encoder.special[END], encoder.special[PAD], LIMIT)):
            replies[i] = encoder.decode(ids) + (ended,)
    return [(answer, ended, thought) for thought, answer, ended in replies]


def ask_ponder(rows, program, model):
    for row in rows:
        command = [program, "ask", "--json", "--max-tokens", str(LIMIT), "--temperature", "0"] + (["-m", model] if model else [])
        done = subprocess.run(command + [row["messages"][-1]["content"]], capture_output=True, text=True, timeout=300)
        if done.returncode:
            raise SystemExit(f"{program} failed: {done.stderr.strip()}")
        reply = json.loads(done.stdout)
        yield reply["answer"].strip(), reply["answerTokens"] < LIMIT, reply["reasoning"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ponder")
    parser.add_argument("--model")
    parser.add_argument("--torch", type=Path)
    parser.add_argument("--file")
    parser.add_argument("--freeze", action="store_true")
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--wrong", type=int, default=0, help="print so many wrong answers a skill")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    if arguments.freeze:
        return freeze()
    rows = json.loads(arguments.questions.read_text())
    random.Random(1).shuffle(rows)
    rows = rows[:arguments.count]
    if arguments.ponder:
        single = [row for row in rows if len(row["messages"]) == 1]
        print(f"{len(rows) - len(single)} questions with earlier turns are not asked this way")
        rows, replies = single, ask_ponder(single, arguments.ponder, arguments.model)
    else:
        import torch
        from tokenizers import Tokenizer
        from export import read_weights
        from model import Config, Model
        from text import Encoder, read_tokenizer
        torch.set_num_threads(arguments.threads)
        tokenizer = read_tokenizer(arguments.file) if arguments.file else Tokenizer.from_file(str(arguments.torch / "tokenizer.json"))
        model = Model(Config())
        model.load_state_dict(read_weights(arguments.file) if arguments.file else torch.load(arguments.torch / "checkpoint.pt", weights_only=True)["average"])
        replies = ask_torch(rows, Encoder(tokenizer), model)
    total, right, endless = Counter(), Counter(), Counter()
    for row, (answer, ended, thought) in zip(rows, replies):
        skill = row["skill"]
        total[skill] += 1
        right[skill] += answer == row["answer"] and ended
        endless[skill] += not ended
        if answer != row["answer"] and total[skill] - right[skill] <= arguments.wrong:
            print(f"{skill}: {' | '.join(m['content'] for m in row['messages'])!r}\n  expected {row['answer']!r}\n  got      {answer!r}\n  thought  {thought!r}")
    print(f"{'skill':16}{'right':>6}{'of':>6}{'share':>9}{'endless':>9}")
    for skill in sorted(total):
        print(f"{skill:16}{right[skill]:6}{total[skill]:6}{right[skill] / total[skill]:9.1%}{endless[skill]:9}")
    print(f"{'all':16}{right.total():6}{total.total():6}{right.total() / total.total():9.1%}{endless.total():9}")


if __name__ == "__main__":
    main()
