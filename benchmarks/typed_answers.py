"""How well the marking of typed phrases agrees with people: two labelled sets, written before the marking.

    python -m benchmarks.typed_answers [a|b] [--wrong]

A line of a set: `phrase` (scenario.step), `lang`, `typed`, `label`. The labels `right` and `slips` ask for
the verdict right, `half` for almost, `wrong`, `reversed` and `rude` for wrong. Reports how many verdicts
agree, and above all how many wrong, reversed or rude answers pass as right.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from prompter.kb.build import load_sources
from prompter.practice.marking import ALMOST, RIGHT, WRONG, PhraseMark, mark_phrase
from prompter.practice.standard import Standard

HERE = Path(__file__).parent
VERDICT = {"right": RIGHT, "slips": RIGHT, "half": ALMOST, "wrong": WRONG, "reversed": WRONG, "rude": WRONG}


def answers(name: str) -> list[dict[str, str]]:
    """The lines of a set, "a" or "b"."""
    lines = (HERE / f"typed_answers_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def marked(name: str) -> list[tuple[dict[str, str], PhraseMark]]:
    """Each line of a set with its mark by the bundled scripts, drafts included."""
    base, _ = load_sources(HERE.parent / "scripts_kb")
    standard = Standard(base)
    found = []
    for line in answers(name):
        step = base.steps[line["phrase"]]
        assert step.say is not None
        texts = [one.text for one in step.say.wordings[line["lang"]]]
        must = base.steps[step.say.id].must.get(line["lang"], ())
        found.append((line, mark_phrase(texts, line["typed"], line["lang"], standard, must)))
    return found


def agrees(line: dict[str, str], mark: PhraseMark) -> bool:
    return mark.verdict == VERDICT[line["label"]]


def passed_wrongly(line: dict[str, str], mark: PhraseMark) -> bool:
    """A wrong, reversed or rude answer that passes as right: this must never happen."""
    return VERDICT[line["label"]] == WRONG and mark.verdict == RIGHT


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("set", nargs="?", default="a", choices=("a", "b"))
    parser.add_argument("--wrong", action="store_true", help="show every answer that is marked otherwise")
    args = parser.parse_args()
    found = marked(args.set)
    agreed = sum(agrees(*one) for one in found)
    print(f"set {args.set.upper()}: {agreed} of {len(found)} verdicts agree ({agreed / len(found):.3f})")
    print(f"wrong, reversed or rude passed as right: {sum(passed_wrongly(*one) for one in found)}")
    for label, verdict in VERDICT.items():
        of_label = Counter(mark.verdict for line, mark in found if line["label"] == label)
        print(f"  {label:9} asks {verdict:7}", dict(of_label))
    for line, mark in found if args.wrong else ():
        if not agrees(line, mark):
            told = f"{line['label']:9}{mark.verdict:7}{mark.score:4} {line['phrase']} {line['typed']!r}"
            print(told, *mark.reasons)


if __name__ == "__main__":
    main()
