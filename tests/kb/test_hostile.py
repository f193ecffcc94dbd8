"""Whatever lies in a base's folder, by mistake or malice: `prompter check` says what and where, and ends."""

from __future__ import annotations

import gc
import os
import re
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec.json
import pytest

from prompter.cli import main
from prompter.kb import gather, source
from prompter.kb.problems import MOST_ERRORS
from prompter.kb.yamlread import MAX_BYTES
from tests.kb.bases import HELLO, KB, SCENARIO, TALK, path_of, problems_of, scenario, write

OUT = "do:\n  ru: Делать\nend: done\n"
SAY = "say:\n  ru: {}\nend: done\n"

RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What no message may hold."""

Told = tuple[int, str]


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[], Told]:
    """Runs `prompter check` on the base in `tmp_path`: its exit code and all that it said."""

    def call() -> Told:
        try:
            code = main(["--kb", str(tmp_path), "--ui", "en", "check"])
        finally:
            gc.enable()  # a command that ends with its process switches it off
        told = capsys.readouterr()
        assert RAW.findall(told.out + told.err) == []
        return code, told.out + told.err

    return call


# --- what is written in a file ------------------------------------------------------------------------

ALIASES = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

REFUSED: dict[str, tuple[str | bytes, int, str]] = {
    "empty": (b"", 1, "empty-file"),
    "white space": ("  \n\n", 1, "empty-file"),
    "binary": (bytes(range(256)) * 100, 3, "not-utf8"),
    "zeros": (bytes(1000), 1, "control-character"),
    "an archive": (b"PK\x03\x04" + b"\x9c" * 100, 1, "not-utf8"),
    "UTF-16": (scenario(OUT).encode("utf-16"), 1, "not-utf8"),
    "Windows-1251": (scenario(OUT).encode("cp1251"), 2, "not-utf8"),
    "deep lists": ("[" * 100_000, 1, "too-deep"),
    "deep mappings": ("{a: " * 100_000, 1, "too-deep"),
    "deep indents": ("".join(" " * n + "a:\n" for n in range(1000)), 21, "too-deep"),
    "deep dashes": ("- " * 100_000, 1, "too-deep"),
    "alias bomb": (ALIASES, 1, "anchor"),
    "merge key": ("a: &a\n  b: c\n<<: *a\n", 1, "anchor"),
    "object": ("!!python/object/apply:os.system [id]\n", 1, "tag"),
    "duplicate key": (scenario(OUT) + "title:\n  ru: Ещё\n", 10, "duplicate-key"),
    "tab": ("title:\n\tru: Пример\n", 2, "tab-indent"),
    "no-break indent": ("title:\n\xa0\xa0ru: Пример\n", 2, "nbsp-indent"),
    "escape": (scenario(SAY.format("a\x1b]0;x\x07b")), 8, "control-character"),
    "quoted escape": (scenario(SAY.format('"a\\e]0;x\\ab"')), 8, "control-character"),
    "C1": (scenario(SAY.format("a\x9b31mb")), 8, "control-character"),
    "bidi": (scenario(SAY.format("a\u202eb")), 8, "control-character"),
    "bidi in a key": (scenario(OUT, "ti\u202etle: x\n"), 3, "control-character"),
    "unknown field": (scenario(OUT, "tittle: x\n"), 3, "unknown-field"),
    "hostile field": (scenario(OUT, "[@click=app.bell]x[/]: x\n"), 3, "bad-start"),
    "quoted hostile field": (scenario(OUT, '"\\e[31m[@click=app.bell]": x\n'), 3, "control-character"),
    "unknown go": (
        scenario(SAY.format("Да") + "answers:\n  - when:\n      ru: Да\n    go: nowhere\n"),
        13,
        "unknown-step",
    ),
    "unknown word": (scenario(SAY.format("Здравствуйте, {operater}")), 8, "unknown-word"),
    "borrowed in a circle": (
        scenario(
            "say: x.two\nend: done\n",
            more="  two:\n    title:\n      ru: Два\n    say: x.one\n    end: done\n",
        ),
        7,
        "phrase-cycle",
    ),
    "borrowed from itself": (scenario("say: x.one\nend: done\n"), 7, "phrase-cycle"),
    "a byte order mark and then Windows-1251": (
        b"\xef\xbb\xbf" + scenario(OUT).encode()[:13] + b"\xcf\n",
        2,
        "not-utf8",
    ),
    "a line of dashes": ("a: b\n" + "- " * 100_000 + "x: y: z\n", 2, "bad-indent"),
    "a colon after a long line": ("title: " + "a b " * 100_000 + ": c: d\n", 1, "colon-in-text"),
    "a number of a million digits": (scenario(OUT, "key: " + "9" * 1_000_000 + "\n"), 3, "bad-key"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_used(case: str, tmp_path: Path, check: Callable[[], Told]) -> None:
    content, line, code = REFUSED[case]
    write(tmp_path, x=content)
    status, told = check()
    assert status == 1
    assert re.search(rf"^{SCENARIO}:{line}:\d+: error: .+ \[{code}\]$", told, re.MULTILINE), told
    assert max(map(len, told.splitlines())) < 1000


@pytest.mark.parametrize("name", ["kb", "hello", "approvals"])
@pytest.mark.parametrize("case", ["binary", "deep lists", "alias bomb", "object", "zeros"])
def test_so_is_every_other_file(case: str, name: str, tmp_path: Path, check: Callable[[], Told]) -> None:
    content, _line, _code = REFUSED[case]
    write(tmp_path, **{name: content})
    status, told = check()
    assert status == 1
    assert path_of(Path(), name).as_posix() in told


ACCEPTED: dict[str, str | bytes] = {
    "BOM": b"\xef\xbb\xbf" + scenario(OUT).encode(),
    "CRLF": scenario(OUT).replace("\n", "\r\n"),
    "CR": scenario(OUT).replace("\n", "\r"),
    "no last line end": scenario(OUT).rstrip(),
    "markup": scenario(SAY.format('"[red]x[/] [/x] [@click=app.bell]y[/] [OK"')),
    "a brace that is no word, in a title": scenario(OUT).replace("Пример", '"{x} %s %n {0.__class__}"'),
    "a circle of steps": scenario(
        SAY.format("Да") + "once: true\nagain: two\nanswers:\n  - when:\n      ru: Да\n    go: one\n",
        more="  two:\n    title:\n      ru: Два\n    say:\n      ru: Да\n    once: true\n    again: one\n"
        "    clock: hold\n    late: [two, one]\n    end: done\n",
    ),
    "long text": scenario(SAY.format("слово " * 100_000)),
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_a_file_that_is_merely_odd(case: str, tmp_path: Path, check: Callable[[], Told]) -> None:
    write(tmp_path, x=ACCEPTED[case])
    status, told = check()
    assert (status, "error:" in told) == (0, False), told


# --- what nobody thought of ---------------------------------------------------------------------------


def test_some_spoilt_files(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("resource")  # not on Windows
    from benchmarks import fuzz

    monkeypatch.setattr(fuzz, "LIMIT", 100.0)  # time is the benchmark's business
    with fuzz.bench(source.bundled(), seed=2) as bench:
        result = bench.run(range(200))
    assert result.failures == []
    assert {"base refused", "base accepted", "cache mended or unhurt", "settings refused"} <= set(result.ends)


# --- what lies there in a file's place ----------------------------------------------------------------


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    before = os.getcwd()
    os.chdir(path.parent)  # the whole path would be too long for a socket's name
    try:
        with socket.socket(socket.AF_UNIX) as plug:
            plug.bind(path.name)
    finally:
        os.chdir(before)


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _nowhere(path: Path) -> None:
    path.symlink_to("nowhere")


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a terabyte of zeros that takes no place on the disk


INSTEAD: list[tuple[Callable[[Path], None], str]] = [
    (Path.mkdir, "not-a-file"),
    (_pipe, "not-a-file"),
    (_socket, "not-a-file"),
    (_endless, "not-a-file"),
    (_loop, "unreadable-file"),
    (_nowhere, "unreadable-file"),
    (_sparse, "file-too-large"),
]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such things in folders")
@pytest.mark.parametrize(("make", "code"), INSTEAD, ids=[make.__name__ for make, _ in INSTEAD])
@pytest.mark.parametrize("name", ["x", "approvals"])
def test_no_file(
    make: Callable[[Path], None], code: str, name: str, tmp_path: Path, check: Callable[[], Told]
) -> None:
    write(tmp_path)
    make(path_of(tmp_path, name))
    status, told = check()
    if name == "approvals" and make is _nowhere:
        assert status == 0  # a ledger that is not there is empty
        return
    assert status == 1
    assert f"{path_of(Path(), name).as_posix()}:1:1: error:" in told
    assert f"[{code}]" in told
    assert "1 error\n" in told  # the files beside it were read, and nothing else is wrong


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="here everything may be read")
@pytest.mark.parametrize(
    ("name", "code"), [(SCENARIO, "unreadable-file"), ("scenarios", "unreadable-folder")]
)
def test_what_may_not_be_read(name: str, code: str, tmp_path: Path, check: Callable[[], Told]) -> None:
    write(tmp_path, x=scenario(OUT))
    (tmp_path / name).chmod(0)
    try:
        status, told = check()
    finally:
        (tmp_path / name).chmod(0o700)
    assert status == 1
    assert f"{name}:1:1: error:" in told
    assert f"[{code}]" in told


@pytest.mark.parametrize("inside", source.FOLDERS)
def test_a_folder_that_is_none(inside: str, tmp_path: Path, check: Callable[[], Told]) -> None:
    write(tmp_path)
    if (tmp_path / inside).exists():
        (tmp_path / inside).rename(tmp_path / "away")
    (tmp_path / inside).write_text("no folder")
    status, told = check()
    assert status == 1
    assert f"{inside}:1:1: error: the folder cannot be read [unreadable-folder]" in told


# --- too much of everything ---------------------------------------------------------------------------


def test_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: Callable[[], Told]) -> None:
    monkeypatch.setattr(source, "MOST_FILES", 50)
    write(tmp_path)
    for number in range(200):
        (tmp_path / "scenarios" / f"x{number}.txt").touch()
    assert len(source.fingerprint(tmp_path)) == 1 + 51
    status, told = check()
    assert status == 1
    assert "scenarios:1:1: error: there are more than 50 files here [too-many-files]" in told


def test_too_much_altogether(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: Callable[[], Told]
) -> None:
    monkeypatch.setattr(gather, "MOST_BYTES", 3 * MAX_BYTES)
    write(tmp_path)
    for number in range(2):
        _sparse(path_of(tmp_path, f"x{number}"))
    assert "[file-too-large]" in check()[1]  # each by its own name
    for number in range(2, 4):
        _sparse(path_of(tmp_path, f"x{number}"))
    status, told = check()
    assert status == 1
    assert "kb.yaml:1:1: error: all files together are larger than 12 MB [base-too-large]" in told


@pytest.mark.parametrize(
    "text",
    [
        "k{}: 1\n",  # unknown fields
        "a: 1\n",  # one key again and again
        "? {{a}}\n: {{a}}\n",
    ],
)
def test_as_many_errors_as_somebody_can_read(text: str, tmp_path: Path) -> None:
    write(tmp_path, x="".join(text.format(number) for number in range(5000)))
    assert 1 <= len(problems_of(tmp_path)) <= 2 * MOST_ERRORS


def test_each_lost_way_does_not_cost_a_look_at_every_name(tmp_path: Path) -> None:
    step = scenario("do:\n  ru: Да\nanswers:\n  - when:\n      ru: Да\n    go: t{0}\n").partition("steps:\n")[
        2
    ]
    step = step.replace("  one:", "  s{0}:")
    steps = "".join(step.format(number) for number in range(3000))
    write(tmp_path, x=f"title:\n  ru: Много\nsteps:\n{steps}")
    assert [one.code for one in problems_of(tmp_path)] == ["unknown-step"] * MOST_ERRORS


# --- the folder itself --------------------------------------------------------------------------------

ODD = [
    "with spaces and «кавычки»",
    "quote'\"`$(x)",
    "line\nbreak",
    "esc\x1b[31m\u202e[@click=app.bell]",
    "not\udcfftext",
    "-kb",
    "{braces}%s",
    "deep/" * 60 + "end",
    "n" * 200,
]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no such file names there")
@pytest.mark.parametrize("name", ODD, ids=range(len(ODD)))
def test_a_folder_with_an_odd_name(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / name
    folder.mkdir(parents=True)
    write(folder)
    for command in ("check", "list", "list"):  # compiled, then from the cache
        assert main([f"--kb={folder}", command]) == 0
        told = capsys.readouterr()
        assert RAW.findall(told.out + told.err) == []
    (folder / "scenarios" / "hello.yaml").write_text("title: [")
    assert main([f"--kb={folder}", "check"]) == 1
    told = capsys.readouterr()
    assert "[unclosed-bracket]" in told.out
    assert RAW.findall(told.out + told.err) == []
    gc.enable()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no such file names there")
def test_problems_of_odd_file_names_can_be_handed_on(tmp_path: Path) -> None:
    write(tmp_path)
    for name in ("\udcff.yaml", "a\x1b]0;x\x07.yaml", "\u202e\udcff.txt"):
        (tmp_path / "scenarios" / name).touch()
    problems = problems_of(tmp_path)
    assert sorted(one.code for one in problems) == ["bad-file-name", "bad-file-name", "ignored-file"]
    assert RAW.findall(msgspec.json.encode(problems).decode()) == []


def test_the_smallest_base_is_good(tmp_path: Path, check: Callable[[], Told]) -> None:
    write(tmp_path, kb=KB, hello=HELLO, talk=TALK)
    assert check()[0] == 0


LONG = 100_000


@pytest.mark.parametrize(
    "text",
    [
        "а" * LONG,
        "x" * LONG + "^",
        "*" * LONG + "^",
        "Слово " + "%" * LONG,
        "дoговор " * (LONG // 8),
        "непанятно " * (LONG // 10),
        "а-" * (LONG // 2),
        "- " * (LONG // 2) + "^",
        '"' + "{" * LONG + '"',
        "|\n      " + "слово   " * (LONG // 8) + "\n      - слово" * 2_000,
        "слово" + "\n      слово" * 10_000,
    ],
    ids=range(11),
)
def test_no_check_hangs_on_a_long_text(text: str, tmp_path: Path) -> None:
    from tests.kb.lints import caller, duty, told

    for name, example in (("duty", duty(text)), ("caller", caller(text))):
        for one in told(tmp_path / name, example, "mixed-letters"):
            assert len(str(one.args["word"])) < 20
