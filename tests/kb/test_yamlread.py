"""Whatever the bytes are: problems, never an exception, never a guess."""

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from prompter.kb import schema, yamlread
from prompter.kb.codes import CODES
from prompter.kb.problems import ERROR
from prompter.kb.read import read_by
from prompter.kb.yamlread import Mapping, Scalar, read

FILES = [path.read_bytes() for path in sorted((Path(__file__).parent / "example").rglob("*.yaml"))]


@pytest.fixture(params=["libyaml", "pure"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "pure":
        monkeypatch.setattr(yamlread, "_LOADER", yaml.SafeLoader)
    return str(request.param)


def whole(data: bytes) -> None:
    """The reader and the schema: a value or at least one error, every problem in the catalogue."""
    node, problems = read(data, "x.yaml")
    assert node is not None or any(one.severity == ERROR for one in problems)
    if node is not None:
        for type_ in (schema.SCENARIO, schema.BASE, schema.LEDGER):
            problems += read_by(node, type_, "x.yaml", ("ru", "ky"))[1]
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for one in problems:
        assert one.code in CODES
        assert 1 <= one.place.line <= lines
        assert one.place.col >= 1


@given(st.binary(max_size=300))
@example(b"t\title:\n  ru: a\nsteps: b\n")
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
@example(b"%YAML 9.9\n---\na")
@example(b'"\\UFFFFFFFF"')
@example(b"? ")
@example(b"a: !!binary x")
@example("a:\u2028b: c\x85".encode())
def test_any_bytes(data: bytes) -> None:
    whole(data)


@given(st.text(alphabet="ab:-{}[]\"'#&*!|>%@`?, \n\t\r\xa0\u202e", max_size=80))
@settings(max_examples=300)
def test_any_marks(text: str) -> None:
    whole(text.encode())


@given(st.data())
@settings(max_examples=300)
def test_any_mutation(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(FILES))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 30))
        put = data.draw(
            st.sampled_from([b"", b"\t", b": ", b"- ", b"{", b"]", b'"', b"&a ", b"*a", b"\n", b"\xd0"])
        )
        text = text[:at] + put + text[at + cut :]
    whole(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 50_000, "too-deep"),
        ("a: " + "{a: " * 50_000, "too-deep"),
        ("- " * 50_000, "too-deep"),
        ("a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(1000)), "anchor"),
    ],
    ids=["brackets", "braces", "dashes", "aliases"],
)
def test_bombs_are_refused(text: str, code: str, loader: str) -> None:
    node, problems = read(text.encode(), "x.yaml")
    assert node is None
    assert [one.code for one in problems] == [code]


@pytest.mark.parametrize(
    ("text", "code", "line", "col"),
    [
        ("a: b: c\n", "colon-in-text", 1, 5),
        ("a\nb: 1\n", "missing-colon", 1, 1),
        ("a:\n  q: 1\n  b\n  c: 1\n", "missing-colon", 3, 3),
        ("a: 1\n  b: 2\n", "bad-indent", 2, 3),
        ("a:\n   b: 1\n  c: 2\n", "bad-indent", 3, 3),
        ("a:\n\tb: 1\n", "tab-indent", 2, 1),
        ('a: "x\n', "unclosed-quote", 1, 4),
        ('a: "x" y\n', "text-after-quote", 1, 8),
        ("a: 'it's'\n", "text-after-quote", 1, 8),
        ("a: {d}, k\n", "brace-text", 1, 4),
        ("- {d}, k\n", "brace-text", 1, 3),
        ("a: {ru: x, y}\n", "comma-in-braces", 1, 12),
        ("a: [x\nb: 1\n", "unclosed-bracket", 1, 4),
        ("a: - b\n", "list-on-same-line", 1, 4),
        ("a: @x\n", "bad-start", 1, 4),
        ("a: *x*\n", "bad-start", 1, 4),
        ("a: *x\n", "anchor", 1, 4),
        ("a: !x\n", "tag", 1, 4),
        ("a: 1\r\na: 2\r\n", "duplicate-key", 2, 1),
        ("a: 1\ra: 2\r", "duplicate-key", 2, 1),
    ],
)
def test_both_parsers_say_the_same(text: str, code: str, line: int, col: int, loader: str) -> None:
    _, problems = read(text.encode(), "x.yaml")
    assert [(one.code, one.place.line, one.place.col) for one in problems] == [(code, line, col)]


def test_every_scalar_is_text() -> None:
    node, problems = read(b"a: 0555\nb: 9:30\nc: no\nd: +996\ne: 2026-01-02\nf: ~\n", "x.yaml")
    assert problems == []
    assert isinstance(node, Mapping)
    values = [value.value for _, value in node.entries.values() if isinstance(value, Scalar)]
    assert values == ["0555", "9:30", "no", "+996", "2026-01-02", "~"]


def test_bom_and_places() -> None:
    node, problems = read("\ufeffключ:\n  да: нет\n".encode(), "x.yaml")
    assert problems == []
    assert isinstance(node, Mapping)
    (key, value) = node.entries["ключ"]
    assert (key.value, key.place.line, key.place.col) == ("ключ", 1, 1)
    assert (value.place.line, value.place.col) == (2, 3)
