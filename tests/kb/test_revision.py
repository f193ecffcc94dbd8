import json
import os
import subprocess
import sys
from pathlib import Path
from zlib import crc32

import pytest
from msgspec import ValidationError, structs

from prompter.kb import opening, revision
from prompter.kb.build import load_sources
from prompter.kb.opening import load_revision, open_base
from prompter.kb.problems import BaseUnusable
from prompter.kb.revision import from_json, from_json_lazily, name_of, to_json
from tests.kb.bases import HELLO, scenario, write

EXAMPLE = Path(__file__).parent / "example"
BROKEN = HELLO.replace("go: talk", "go: nowhere")
UNREACHED = scenario(
    "do:\n  ru: Д\nend: done", more="  two:\n    title:\n      ru: Два\n    do:\n      ru: Д\n    end: done\n"
)


def forbid_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: Path) -> None:
        raise AssertionError("compiled")

    monkeypatch.setattr("prompter.kb.build.load_sources", fail)


def test_round_trip() -> None:
    base, _ = load_sources(EXAMPLE)
    again = from_json(to_json(base))
    assert again == base
    assert to_json(again) == to_json(base)
    assert json.loads(to_json(base))["revision"] == base.revision


def test_a_lazy_reading_gives_the_same() -> None:
    base, _ = load_sources(EXAMPLE)
    again = from_json_lazily(to_json(base))
    assert again == base
    assert to_json(again) == to_json(base)
    assert list(again.steps) == list(base.steps)
    assert again.steps.get("nobody") is None


def test_a_lazy_reading_decodes_no_step_and_rests_often(monkeypatch: pytest.MonkeyPatch) -> None:
    data, rests = to_json(load_sources(EXAMPLE)[0]), list[None]()
    monkeypatch.setattr(revision, "Step", int)  # no step is a number
    base = from_json_lazily(data, lambda: rests.append(None))
    assert len(rests) > len(structs.fields(base))
    with pytest.raises(ValidationError):
        base.steps[base.greeting_step]


def test_name_follows_the_content_alone() -> None:
    base, _ = load_sources(EXAMPLE)
    assert name_of(structs.replace(base, revision="other")) == base.revision
    assert name_of(structs.replace(base, company="Other")) != base.revision
    turned = dict(reversed(base.scenarios.items()))
    assert name_of(structs.replace(base, scenarios=turned)) != base.revision


@pytest.mark.parametrize(
    "spoil", [lambda d: d[:-5], lambda d: d.replace(b"hello", b"hallo"), lambda d: b"{}", lambda d: b""]
)
def test_damage_is_noticed(spoil, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    data = to_json(load_sources(write(tmp_path))[0])
    with pytest.raises(ValueError, match="revision"):
        from_json(spoil(data))
    with pytest.raises(ValueError, match="revision"):
        from_json_lazily(spoil(data), lambda: None)


def test_a_revision_that_lacks_a_part_is_none() -> None:
    stored = json.loads(to_json(load_sources(EXAMPLE)[0]))
    del stored["base"]["words"]
    body = json.dumps(stored["base"], ensure_ascii=False, separators=(",", ":"))
    spoilt = json.dumps({**stored, "base": 0, "checksum": crc32(body.encode())}, separators=(",", ":"))
    data = spoilt.replace('"base":0', f'"base":{body}').encode()
    for read in (from_json, lambda data: from_json_lazily(data, lambda: None)):
        with pytest.raises(ValueError, match="not a revision"):
            read(data)


def test_unchanged_sources_are_not_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = write(tmp_path / "kb", x=UNREACHED), tmp_path / "cache"
    first = open_base(folder, cache)
    assert [one.code for one in first.problems] == ["step-unreached"]
    forbid_compiling(monkeypatch)
    assert open_base(folder, cache) == first


def test_an_edit_is_compiled(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "kb"), tmp_path / "cache"
    first = open_base(folder, cache)
    write(folder, hello=HELLO.replace("Добрый день", "Добрый вечер"))
    second = open_base(folder, cache)
    assert second.base.revision != first.base.revision
    assert load_revision(cache, first.base.revision) == first.base


def test_broken_sources_leave_the_last_good_base(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "kb"), tmp_path / "cache"
    good = open_base(folder, cache)
    write(folder, hello=BROKEN)
    stale = open_base(folder, cache)
    assert stale.stale
    assert stale.base == good.base
    assert [one.code for one in stale.problems] == ["unknown-step"]
    write(folder)
    assert not open_base(folder, cache).stale


def test_broken_sources_without_a_last_good_base(tmp_path: Path) -> None:
    other = write(tmp_path / "other")
    open_base(other, tmp_path / "cache")
    with pytest.raises(BaseUnusable) as caught:
        open_base(write(tmp_path / "kb", hello=BROKEN), tmp_path / "cache")
    assert [one.code for one in caught.value.problems] == ["unknown-step"]


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b'{"format": 1}', b'{"revision": "\xff"}'])
@pytest.mark.parametrize("pattern", ["current-*.json", "revisions/*.json"])
def test_a_damaged_cache_is_compiled_anew(pattern: str, data: bytes, tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "kb"), tmp_path / "cache"
    good = open_base(folder, cache)
    (file,) = cache.glob(pattern)
    file.write_bytes(data)
    assert open_base(folder, cache) == good
    assert load_revision(cache, good.base.revision) == good.base


def test_a_cache_that_cannot_be_written(tmp_path: Path) -> None:
    folder = write(tmp_path / "kb")
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert open_base(folder, tmp_path / "cache").base.company == "Skynet"


def test_only_the_newest_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "KEEP", 3)
    cache = tmp_path / "cache"
    kept = open_base(write(tmp_path / "other", x=UNREACHED), cache).base.revision
    os.utime(cache / "revisions" / f"{kept}.json", (0, 0))
    names = []
    for number in range(6):
        folder = write(tmp_path / "kb", hello=HELLO.replace("Добрый", f"Добрый{number}"))
        names.append(open_base(folder, cache).base.revision)
        os.utime(cache / "revisions" / f"{names[-1]}.json", (number + 1, number + 1))
    stored = {path.stem for path in (cache / "revisions").glob("*.json")}
    assert names[-1] in stored
    assert kept in stored, "another folder runs on it"
    assert len(stored) <= 4
    assert not list(cache.rglob("*.tmp"))


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0123456789abcdeg", "0123456789abcdef"])
def test_unknown_names(name: str, tmp_path: Path) -> None:
    assert load_revision(tmp_path, name) is None


def test_the_fast_way_imports_no_reader(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "kb"), tmp_path / "cache"
    open_base(folder, cache)
    code = (
        "import sys\nfrom pathlib import Path\nfrom prompter.kb.opening import open_base\n"
        f"open_base(Path({str(folder)!r}), Path({str(cache)!r}))\nprint(*sys.modules)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    slow = {
        "yaml",
        "rapidfuzz",
        "prompter.kb.schema",
        "prompter.kb.checks",
        "prompter.kb.build",
        "prompter.kb.codes",
    }
    assert "prompter.kb.model" in loaded
    assert not loaded & slow
