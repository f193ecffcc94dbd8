import os
from pathlib import Path

import pytest

from prompter.kb import source
from prompter.kb.source import NoBase, find_base, fingerprint
from tests.kb.bases import scenario, write


def test_the_nearest_name_wins(tmp_path: Path) -> None:
    flag, env, setting, own = (write(tmp_path / name) for name in ("flag", "env", "setting", "own"))
    named = {source.VARIABLE: str(env)}
    assert find_base(str(flag), named, str(setting)) == flag
    assert find_base(None, named, str(setting)) == env
    assert find_base(None, {}, str(setting)) == setting
    assert find_base(None, {source.VARIABLE: ""}, str(own)) == own


def test_the_bundled_base_is_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "bundled", lambda: write(tmp_path))
    assert find_base(None, {}, None) == tmp_path


@pytest.mark.parametrize(("missing", "is_folder"), [("folder", False), ("kb.yaml", True)])
def test_a_wrong_name_never_falls_through(missing: str, is_folder: bool, tmp_path: Path) -> None:
    good, wrong = write(tmp_path / "good"), tmp_path / "wrong"
    if is_folder:
        wrong.mkdir()
    with pytest.raises(NoBase) as caught:
        find_base(None, {source.VARIABLE: str(wrong)}, str(good))
    assert (caught.value.folder, caught.value.named_by, caught.value.missing) == (
        wrong,
        "environment",
        missing,
    )


def test_bundled_stands_inside_or_beside_the_package() -> None:
    import prompter

    package = Path(prompter.__file__).parent
    assert source.bundled() in (package / "scripts_kb", package.parent / "scripts_kb")


def test_fingerprint_sees_what_counts(tmp_path: Path) -> None:
    write(tmp_path)
    before = fingerprint(tmp_path)
    assert [one[0] for one in before] == ["kb.yaml", "scenarios/hello.yaml", "scenarios/talk.yaml"]
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "scenarios" / ".x.yaml").write_text("x")
    (tmp_path / "scenarios" / "x.yaml~").write_text("x")
    assert fingerprint(tmp_path) == before
    os.utime(tmp_path / "kb.yaml", ns=(1, 1))
    changed = fingerprint(tmp_path)
    assert changed != before
    write(tmp_path, x=scenario("end: done"), approvals="")
    assert len(fingerprint(tmp_path)) == len(before) + 2


def test_no_folder_is_no_error(tmp_path: Path) -> None:
    assert fingerprint(tmp_path / "none") == []


def test_a_working_folder_that_is_a_base_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert source.working() is None
    write(tmp_path)
    assert source.working() == tmp_path
