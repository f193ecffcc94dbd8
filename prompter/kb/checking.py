"""What `prompter check` reports: problems of loading and of the lints, less what is silenced."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from prompter.kb import source
from prompter.kb.approvals import Ledger
from prompter.kb.build import build, look
from prompter.kb.codes import CODES
from prompter.kb.filetext import FileTexts
from prompter.kb.linking import Sources
from prompter.kb.lint.registry import lint
from prompter.kb.lint.seen import Seen
from prompter.kb.lint.texts import files
from prompter.kb.model import KnowledgeBase
from prompter.kb.problems import ERROR, BaseUnusable, Problem
from prompter.kb.revision import uncollected
from prompter.kb.silence import MARK, Silences


class Checked(Struct, frozen=True):
    """The problems in order, each with its code's severity; `base` is None if it cannot be loaded.

    `ledger` has the approvals that could be read; `more`: some kind had too many problems to list them all.
    """

    base: KnowledgeBase | None
    problems: list[Problem]
    texts: FileTexts
    ledger: Ledger
    more: bool = False


def check_folder(folder: Path, today: date, strict: bool = False) -> Checked:
    """Find every problem of the base in `folder`. `strict` turns warnings into errors."""
    texts = FileTexts(folder)
    with uncollected():
        looked = look(folder, texts=texts)
        whole = looked.sources is not None and looked.sources.whole
        candidates = _candidates(_files(folder), looked.sources) if whole else _files_of(looked.problems)
        silences = Silences(candidates, texts)
        problems = [one for one in looked.problems if not silences.hush(one)]
        more = False
        if looked.sources is not None and whole:
            sources, hash_of = looked.sources, looked.hash_of
            seen = Seen(folder, sources, looked.ledger, looked.problems, today, texts, hash_of)
            found, more = lint(seen, silences)
            problems += found
        problems += silences.problems(complete=whole and not more)
        try:
            base = build(looked, named=False)
        except BaseUnusable:
            base = None
    problems = [_weighed(one, strict) for one in problems]
    problems.sort(key=lambda one: (one.place, one.code))
    return Checked(base, problems, texts, looked.ledger, more)


def _candidates(names: list[str], sources: Sources | None) -> list[str]:
    """Skip files that were read and contain no silence: of 2,000 hardly any does."""
    read = {one.file: one.text for one in files(sources)} if sources else {}
    return [name for name in names if not read.get(name) or MARK.encode() in read[name]]


def _files_of(problems: Iterable[Problem]) -> list[str]:
    return sorted({one.place.file for one in problems})


def _files(folder: Path) -> list[str]:
    """The files that may contain silences."""
    found = source.fingerprint(folder)
    single = (source.BASE_FILE, source.STATUSES_FILE, source.FORBIDDEN_FILE)
    names = [name for name, *_ in found if name in single]
    return names + [name for inside in source.FOLDERS for name in source.yaml_files(found, inside)]


def _weighed(problem: Problem, strict: bool) -> Problem:
    severity = ERROR if strict else CODES[problem.code].severity
    return problem if severity == problem.severity else replace(problem, severity=severity)
