"""The ledger file, `approvals.yaml`: written by the program alone, read back, repaired.

One record per text, in a stable order, so that git shows a change where it belongs. Each record ends with a
*seal*, a checksum of its own lines: a hand edit is detected, while two people's records merge without a
conflict, which a checksum over the whole file would always cause. A seal guards against slips, not against
forgery.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from zlib import crc32

from prompter.files import NotAFile, read_plain, write_whole
from prompter.kb.approvals import Approval, Ledger
from prompter.kb.problems import MOST_ERRORS, Place, Problem
from prompter.kb.source import LEDGER_FILE
from prompter.text.safe import clean, clean_line

HEADER = (
    "# Этот файл пишет только программа, не правьте его руками. / "
    "Written by the program alone, do not edit by hand.\n"
)
SEALED = "# seal: у каждой записи своя печать; повреждённое чинит / mended by: prompter mend\n"
"""Follows the header of a file whose every record has a seal; older files have neither."""

# Larger than any other file of a base: two entries for each of 10,000 phrases, with their words.
MAX_BYTES = 32_000_000

_LINES = ("words", "source_words")
"""The fields that may have several lines."""
_FIELDS = Approval.__struct_fields__


def read_ledger(folder: Path) -> tuple[Ledger, list[Problem]]:
    """The base's ledger, empty if there is none yet, and the problems of the file."""
    ledger = Ledger()
    try:
        data = read_plain(folder / LEDGER_FILE, MAX_BYTES)
    except FileNotFoundError:
        return ledger, []
    except NotAFile:
        return ledger, [Problem(Place(LEDGER_FILE), "not-a-file")]
    except OSError as error:
        reason = str(error.strerror or error)
        return ledger, [Problem(Place(LEDGER_FILE), "unreadable-file", {"reason": reason})]
    problems: list[Problem] = []
    approvals = _own_lines(data)
    if approvals is None:
        approvals, problems = _as_yaml(data)
    for approval in approvals:
        ledger.merge(approval)
    return ledger, problems


# Reading

# An entry as `write_ledger` writes it; only words may need escaping.
_HASH, _VALUE = '"([0-9a-f]{16})"\n', r'"([^"\\\n]++)"' + "\n"
_TEXT = r'"((?:[^"\\\n]++|\\["\\n])++)"' + "\n"
_ENTRY = re.compile(
    f"- text: {_HASH}  lang: {_VALUE}  by: {_VALUE}  at: {_VALUE}"
    f"(?:  source: {_HASH})?(?:  phrase: {_VALUE})?(?:  review: {_VALUE})?"
    f"(?:  words: {_TEXT})?(?:  source_words: {_TEXT})?"
    f"(?:  revoked: {_VALUE})?(?:  revoked_by: {_VALUE})?(?:  reason: {_VALUE})?"
    '(?:  seal: "([0-9a-f]{8})"\n)?'
)
_SEAL_LINE = len('  seal: "01234567"\n')


def _own_lines(data: bytes) -> list[Approval] | None:
    """The records of a file exactly as the program writes it; None if it has to be read as YAML.

    This is the largest file of a base (two entries for each of 10,000 phrases), and no trainer edits it.
    """
    from prompter.kb import yamlread

    text = data.decode("utf-8", "replace")
    if not text.startswith(HEADER) or yamlread.unusual(text):
        return None
    sealed = text.startswith(SEALED, len(HEADER))
    approvals, end = [], len(HEADER) + (len(SEALED) if sealed else 0)
    for entry in _ENTRY.finditer(text, end):
        approval = _whole(entry, sealed)
        if approval is None or entry.start() != end:
            return None
        approvals.append(approval)
        end = entry.end()
    return approvals if end == len(text) else None


def _whole(entry: re.Match[str], sealed: bool) -> Approval | None:
    """The record in these lines; None if they are not as the program wrote them."""
    *values, seal = entry.groups(default="")
    lines = entry[0]
    if seal:
        if seal != _seal(lines[:-_SEAL_LINE]):
            return None
    elif sealed or any(" ".join(one.split()) != one for one in values):
        return None
    if "\\" in lines:
        values = [json.loads(f'"{one}"', strict=False) if "\\" in one else one for one in values]
    return Approval(*values)


def _as_yaml(data: bytes) -> tuple[list[Approval], list[Problem]]:
    """The records of a file changed by hand or by another program."""
    from prompter.kb import schema, yamlread
    from prompter.kb.read import read_by

    text = data.decode("utf-8", "replace")
    if marks := _MARK.search(text):
        return [], [Problem(Place(LEDGER_FILE, text.count("\n", 0, marks.start()) + 1), "ledger-conflict")]
    node, problems = yamlread.read(data, LEDGER_FILE, MAX_BYTES)
    if node is None:
        empty = [one.code for one in problems] == ["empty-file"]
        return [], [] if empty else problems
    read, found = read_by(node, schema.LEDGER, LEDGER_FILE)
    problems += found
    sealed = SEALED in text.replace("\r\n", "\n")
    approvals = []
    for index, one in enumerate(read.data.get("") or []):
        if not one or not all(one.get(name) for name in ("text", "lang", "by", "at")):
            continue
        seal = one.pop("seal", "")
        approval = Approval(**one)
        if seal == _seal(_body(approval)) or not (seal or sealed):
            approvals.append(approval)
        elif len(problems) < MOST_ERRORS:
            problems.append(_damaged(read.at(index), approval.phrase))
    return approvals, problems


def _damaged(place: Place, phrase: str) -> Problem:
    return Problem(place, "approval-damaged", {"phrase": phrase or "?"})


# Writing


def write_ledger(folder: Path, ledger: Ledger) -> None:
    """Write the ledger atomically; the same approvals give the same bytes. Raises OSError."""
    text = "".join((HEADER, SEALED, *_lines(ledger.entries.values())))
    write_whole(folder / LEDGER_FILE, text.encode(), lasting=True)


def _lines(approvals: Iterable[Approval]) -> Iterator[str]:
    """The YAML, quoted throughout; ordered by phrase so that git shows a change where it belongs."""
    for one in sorted(approvals, key=lambda one: (one.phrase, one.lang, one.text, one.source)):
        body = _body(one)
        yield f'{body}  seal: "{_seal(body)}"\n'


def _body(approval: Approval) -> str:
    """The lines of a record that its seal covers."""
    lead, lines = "- ", []
    for name in _FIELDS:
        tidy = clean if name in _LINES else clean_line
        if value := tidy(getattr(approval, name)):
            lines.append(f"{lead}{name}: {json.dumps(value, ensure_ascii=False)}\n")
            lead = "  "
    return "".join(lines)


def _seal(body: str) -> str:
    return f"{crc32(body.encode()):08x}"


# Repairing

_MARK = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)
_BOTH, _OURS, _BASE, _THEIRS = "both", "ours", "base", "theirs"
_MARKS = {"<<<<<<<": _OURS, "|||||||": _BASE, "=======": _THEIRS, ">>>>>>>": _BOTH}
"""Whose lines follow each of git's conflict markers."""
_START = re.compile(r"^- text: .*(?:\n  .*)*", re.MULTILINE)
_PHRASE = re.compile(r'^  phrase: "(.*)"', re.MULTILINE)


def mend(text: str) -> tuple[Ledger, list[str]]:
    """The intact records of a damaged ledger or of both sides of a merge; the phrases of the lost ones.

    A record changed by hand is dropped: nobody can tell what its author approved.
    """
    text = text.replace("\r\n", "\n")
    sealed = SEALED in text
    ledger = Ledger()
    lost: set[str] = set()
    for side in _sides(text):
        for lines in _START.findall(side):
            entry = _ENTRY.fullmatch(f"{lines}\n")
            approval = _whole(entry, sealed) if entry else None
            if approval is not None:
                ledger.merge(approval)
            else:
                named = _PHRASE.search(lines)
                lost.add(clean_line(named[1]) if named else "?")
    return ledger, sorted(lost)


def _sides(text: str) -> tuple[str, str]:
    """The file as each side of a merge had it; the same text twice if there are no conflict markers."""
    ours: list[str] = []
    theirs: list[str] = []
    whose = _BOTH
    for line in text.split("\n"):
        if _MARK.fullmatch(line):
            whose = _MARKS[line[:7]]
            continue
        if whose in (_BOTH, _OURS):
            ours.append(line)
        if whose in (_BOTH, _THEIRS):
            theirs.append(line)
    return "\n".join(ours), "\n".join(theirs)
