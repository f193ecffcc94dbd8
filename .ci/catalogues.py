"""The interface's catalogues: `extract` after words changed, `compile` after translating, `check` in CI.

    python .ci/catalogues.py extract [--prune]   sources -> prompter/locale/*/LC_MESSAGES/prompter.po
    python .ci/catalogues.py compile             .po -> .mo
    python .ci/catalogues.py check               exit 1 when a translation is missing, wrong or stale

Russian and Kyrgyz must be complete; English is its own msgid where its msgstr is empty. A msgid that left
the sources is kept as obsolete, and comes back with its translation, until `--prune` drops it.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "prompter"
LANGUAGES = ("ru", "ky", "en")
COMPLETE = ("ru", "ky")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
COMMENTS = ("Translators:",)
PLACEHOLDER = re.compile(r"(?<!\{)\{[^{}]*\}")  # `{{` is a brace to show
HEADERS = {
    "ru": "# The interface's words in Russian.",
    "ky": "# The interface's words in Kyrgyz.\n"
    "# A DRAFT: no person who speaks Kyrgyz has approved these words yet.",
    "en": "# The interface's words in English: an empty msgstr means the msgid itself.",
}


def po_path(language: str) -> Path:
    """The catalogue that people edit."""
    return SOURCES / "locale" / language / "LC_MESSAGES" / "prompter.po"


def template() -> Catalog:
    """All messages of the sources, without translations."""
    found = Catalog()
    messages = extract_from_dir(
        SOURCES, [("**.py", "python")], keywords=KEYWORDS, comment_tags=COMMENTS, strip_comment_tags=True
    )
    for file, line, msgid, comments, context in sorted([*messages, *within_fstrings()], key=lambda m: m[:2]):
        place = (f"prompter/{Path(file).as_posix()}", line)
        found.add(msgid, None, [place], auto_comments=comments, context=context)
    return found


def within_fstrings() -> Iterator[tuple[str, int, str, list[str], None]]:
    """The messages of `_` inside f-strings, which Babel sees only from Python 3.12 on."""
    for path in sorted(SOURCES.rglob("*.py")):
        file = path.relative_to(SOURCES).as_posix()
        strings = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        pieces = (piece for one in strings if isinstance(one, ast.JoinedStr) for piece in ast.walk(one))
        for piece in pieces:
            match piece:
                case ast.Call(ast.Name("_" | "N_"), [ast.Constant(str(msgid))]):
                    yield file, piece.lineno, msgid, [], None


def read(language: str) -> Catalog:
    """A catalogue as it lies on disk; an empty one where there is none yet."""
    path = po_path(language)
    if path.exists():
        with path.open("rb") as file:
            return read_po(file, locale=language, domain="prompter")
    return Catalog(
        locale=language,
        domain="prompter",
        project="Prompter",
        version="interface",
        header_comment=HEADERS[language],
        copyright_holder="Prompter developers",
        last_translator="Prompter developers",
        language_team="Prompter developers",
        msgid_bugs_address="",
        fuzzy=False,
    )


def po_bytes(catalogue: Catalog, *, prune: bool = False) -> bytes:
    """A catalogue as text: sorted by msgid and without line numbers, so that moved code changes nothing."""
    text = BytesIO()
    write_po(text, catalogue, width=100, sort_output=True, include_lineno=False, ignore_obsolete=prune)
    return text.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """A catalogue compiled; the same bytes from the same .po on every machine."""
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return compiled.getvalue()


def updated(language: str, sources: Catalog) -> Catalog:
    """A catalogue brought up to the sources. Nothing is guessed; what was obsolete comes back."""
    catalogue = read(language)
    for message in list(catalogue.obsolete.values()):
        if sources.get(message.id, message.context) is not None:
            catalogue[message.id] = message
    sources.creation_date = catalogue.creation_date
    catalogue.update(sources, no_fuzzy_matching=True, update_header_comment=False)
    return catalogue


def extract(*, prune: bool = False) -> int:
    """Bring the three catalogues up to the sources."""
    for language in LANGUAGES:
        path = po_path(language)
        text = po_bytes(updated(language, template()), prune=prune)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
        catalogue = read(language)
        open_ = sum(not whole(message, catalogue.num_plurals) for message in messages_of(catalogue))
        print(f"{language}: {open_} without a translation" if language in COMPLETE else f"{language}: ok")
    return 0


def compile_() -> int:
    """Make the .mo files."""
    for language in LANGUAGES:
        po_path(language).with_suffix(".mo").write_bytes(mo_bytes(read(language)))
    return 0


def messages_of(catalogue: Catalog) -> Iterator[Message]:
    """The messages without the header."""
    return (message for message in catalogue if message.id)


def forms(text: object) -> tuple[str, ...]:
    """The forms of a msgid or msgstr: one, or one for each plural."""
    if isinstance(text, str):
        return (text,)
    return tuple(str(form) for form in text) if isinstance(text, (list, tuple)) else ()


def whole(message: Message, plurals: int) -> bool:
    """Every form is there and translated."""
    wanted = 1 if isinstance(message.id, str) else plurals
    return len(forms(message.string)) == wanted and all(forms(message.string))


def misfits(message: Message) -> bool:
    """A form asks for other placeholders than the English.

    A singular may leave its number out ("one call is waiting"), as the English may.
    """
    wanted = [set(PLACEHOLDER.findall(form)) for form in forms(message.id)]
    for form in forms(message.string):
        found = set(PLACEHOLDER.findall(form))
        if form and found not in wanted:
            return True
    return False


def problems_of(language: str) -> Iterator[str]:
    """What is wrong with one catalogue."""
    catalogue = read(language)
    present = {(message.id, message.context) for message in messages_of(catalogue)}
    fresh = {(message.id, message.context) for message in messages_of(updated(language, template()))}
    for msgid, _context in sorted(fresh - present, key=str):
        yield f"{msgid!r}: not in the catalogue: run extract"
    for msgid, _context in sorted(present - fresh, key=str):
        yield f"{msgid!r}: no longer in the sources: run extract"
    for message in messages_of(catalogue):
        if language in COMPLETE and not whole(message, catalogue.num_plurals):
            yield f"{message.id!r}: not translated"
        if message.fuzzy:
            yield f"{message.id!r}: fuzzy"
        if misfits(message):
            yield f"{message.id!r}: other {{placeholders}} in {message.string!r}"
    compiled = po_path(language).with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != mo_bytes(catalogue):
        yield f"{compiled.name} is stale: run compile"


def check() -> int:
    """Say what is wrong; 1 if anything is."""
    found = [f"{language}: {problem}" for language in LANGUAGES for problem in problems_of(language)]
    print("\n".join(found) or "catalogues: complete and current")
    return 1 if found else 0


def main(arguments: list[str]) -> int:
    """Run one of the three commands."""
    commands: dict[tuple[str, ...], Callable[[], int]] = {
        ("extract",): extract,
        ("extract", "--prune"): lambda: extract(prune=True),
        ("compile",): compile_,
        ("check",): check,
    }
    command = commands.get(tuple(arguments))
    if command is None:
        print(__doc__)
        return 2
    return command()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
