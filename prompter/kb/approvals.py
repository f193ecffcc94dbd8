"""The ledger of approved texts, `approvals.yaml`: written by the program alone.

An approval belongs to a text in a language, not to a step: a renamed step keeps it, an edit of the
text loses it at once. For a translation the ledger also holds which source text was translated.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct, field

from prompter.files import NotAFile, read_plain
from prompter.kb.problems import Place, Problem
from prompter.kb.source import LEDGER_FILE
from prompter.text.safe import clean_line

HEADER = (
    "# Этот файл пишет только программа, не правьте его руками. / "
    "Written by the program alone, do not edit by hand.\n"
)
# Larger than any other file of a base: two entries for each of 10,000 phrases.
_MAX_BYTES = 16_000_000


class Approval(Struct, frozen=True):
    """One approved text: `text` and `source` are hashes, `at` is UTC ISO time to the second.

    `source` is empty for a text in the source language; `phrase` is where it stood then, for reading only.
    """

    text: str
    lang: str
    by: str
    at: str
    source: str = ""
    phrase: str = ""


class Ledger(Struct):
    """Every approval, one for each text, language and source text."""

    entries: dict[tuple[str, str, str], Approval] = field(default_factory=dict)
    _sources: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def add(self, approval: Approval) -> None:
        """Put in an approval; a later one of the same text takes the earlier one's place."""
        self.entries[(approval.text, approval.lang, approval.source)] = approval
        self._sources.setdefault((approval.text, approval.lang), set()).add(approval.source)

    def holds(self, text: str, lang: str) -> bool:
        """Whether the text with this hash is approved in this language."""
        return (text, lang) in self._sources

    def outdated(self, text: str, lang: str, source: str) -> bool:
        """Whether that text was approved, but only as a translation of other source texts."""
        sources = self._sources.get((text, lang), set())
        return bool(sources) and not sources & {source, ""}


def text_hash(text: str) -> str:
    """The name of a text: the first 16 hex digits of SHA-256 over it, composed (NFC) and trimmed."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).strip().encode()).hexdigest()[:16]


def read_ledger(folder: Path) -> tuple[Ledger, list[Problem]]:
    """The base's ledger, empty if there is none yet, and what is wrong with the file."""
    from prompter.kb import schema, yamlread
    from prompter.kb.read import read_by

    ledger = Ledger()
    try:
        data = read_plain(folder / LEDGER_FILE, _MAX_BYTES)
    except FileNotFoundError:
        return ledger, []
    except NotAFile:
        return ledger, [Problem(Place(LEDGER_FILE), "not-a-file")]
    except OSError as error:
        reason = str(error.strerror or error)
        return ledger, [Problem(Place(LEDGER_FILE), "unreadable-file", {"reason": reason})]
    if (own := _own_lines(data)) is not None:
        for approval in own:
            ledger.add(approval)
        return ledger, []
    node, problems = yamlread.read(data, LEDGER_FILE, _MAX_BYTES)
    if node is None:
        empty = [one.code for one in problems] == ["empty-file"]
        return ledger, [] if empty else problems
    read, found = read_by(node, schema.LEDGER, LEDGER_FILE)
    for one in read.data.get("") or []:
        if one and all(one.get(name) for name in ("text", "lang", "by", "at")):
            ledger.add(Approval(**one))
    return ledger, problems + found


# An entry as `write_ledger` writes it, without anything that would have to be escaped or cleaned.
_HASH, _WORDS = '"([0-9a-f]{16})"\n', r'"([^"\\\s]+(?: [^"\\\s]+)*)"' + "\n"
_ENTRY = re.compile(
    f"- text: {_HASH}  lang: {_WORDS}  by: {_WORDS}  at: {_WORDS}"
    f"(?:  source: {_HASH})?(?:  phrase: {_WORDS})?"
)


def _own_lines(data: bytes) -> list[Approval] | None:
    """The approvals of a file that is exactly as the program writes it; None where it has to be read as YAML.

    Two entries for each of 10,000 phrases are the largest file of a base, and no trainer edits it.
    """
    from prompter.kb import yamlread

    text = data.decode("utf-8", "replace")
    if not text.startswith(HEADER) or yamlread.unusual(text):
        return None
    approvals, end = [], len(HEADER)
    for entry in _ENTRY.finditer(text, end):
        if entry.start() != end:
            return None
        approvals.append(Approval(*entry.groups(default="")))
        end = entry.end()
    return approvals if end == len(text) else None


def write_ledger(folder: Path, ledger: Ledger) -> None:
    """Write the ledger whole or not at all; the same approvals give the same bytes. Raises OSError."""
    path = folder / LEDGER_FILE
    temporary = path.with_name(f".{LEDGER_FILE}.{os.getpid()}.tmp")
    try:
        with open(temporary, "wb") as file:
            file.write((HEADER + "".join(_lines(ledger.entries.values()))).encode())
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _lines(approvals: Iterable[Approval]) -> Iterable[str]:
    """The YAML, quoted throughout; ordered by phrase so that a change in git stands where it belongs."""
    for one in sorted(approvals, key=lambda one: (one.phrase, one.lang, one.text, one.source)):
        fields = {"text": one.text, "lang": one.lang, "by": one.by, "at": one.at}
        fields |= {name: value for name in ("source", "phrase") if (value := getattr(one, name))}
        lead = "- "
        for name, value in fields.items():
            yield f"{lead}{name}: {json.dumps(clean_line(value), ensure_ascii=False)}\n"
            lead = "  "


def source_hash(texts: list[str]) -> str:
    """The hash of the source text a translation was made from, all its variants together; empty if none."""
    return text_hash("\n".join(texts)) if texts else ""
