"""The child process that compiles: asked, answered, killed, started anew."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from prompter.kb import compiling
from prompter.kb.compiling import COMMAND, Compiler, CompilerFailed
from tests.kb.bases import write

PATIENCE = 20


class TestCompiler:
    HANGS = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(600)"

    @pytest.fixture
    def hanging(self) -> tuple[str, ...]:
        return (sys.executable, "-c", self.HANGS)

    def test_one_that_hangs_is_ended(self, hanging: tuple[str, ...], tmp_path: Path) -> None:
        with pytest.raises(CompilerFailed, match="timeout"):
            Compiler(limit=2, command=hanging).compile(tmp_path / "pid", tmp_path)
        assert gone(int((tmp_path / "pid").read_text()))

    @pytest.mark.parametrize("code", ["import sys; sys.exit(3)", "print('{}')", "import os; os.abort()"])
    def test_one_that_dies_or_talks_nonsense_is_told(self, code: str, tmp_path: Path) -> None:
        with pytest.raises(CompilerFailed):
            Compiler(command=(sys.executable, "-c", code)).compile(tmp_path, tmp_path)

    def test_one_that_cannot_be_started_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(CompilerFailed):
            Compiler(command=(str(tmp_path / "nothing"),)).compile(tmp_path, tmp_path)

    def test_one_without_a_pipe_to_it_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def none_left() -> tuple[int, int]:
            raise OSError("too many open files")

        monkeypatch.setattr(os, "pipe", none_left)
        with pytest.raises(CompilerFailed, match="too many"):
            Compiler().compile(tmp_path, tmp_path)

    @pytest.mark.skipif(not hasattr(os, "nice"), reason="the parent sets it at the start")
    def test_the_child_yields_to_the_screen(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        given: list[int] = []
        monkeypatch.setattr(os, "nice", given.append)
        monkeypatch.setattr(compiling, "_die_with_parent", str)
        monkeypatch.setattr(sys, "argv", ["", str(write(tmp_path / "kb")), str(tmp_path / "cache")])
        assert compiling.main() == 0
        assert capsysbinary.readouterr().out
        assert given
        assert given[0] > 0

    def test_stopping_leaves_nothing_running(self, hanging: tuple[str, ...], tmp_path: Path) -> None:
        compiler, ended = Compiler(command=hanging), threading.Event()

        def compile_() -> None:
            with pytest.raises(CompilerFailed):
                compiler.compile(tmp_path / "pid", tmp_path)
            ended.set()

        thread = threading.Thread(target=compile_)
        thread.start()
        while not ((tmp_path / "pid").exists() and (tmp_path / "pid").read_text()):
            assert thread.is_alive()
        compiler.stop()
        assert ended.wait(PATIENCE)
        assert gone(int((tmp_path / "pid").read_text()))
        with pytest.raises(CompilerFailed):
            compiler.compile(tmp_path / "pid", tmp_path)

    def test_a_child_ends_when_its_parent_is_gone(self) -> None:
        code = "from prompter.kb import compiling; print(1, flush=True); compiling._die_with_parent()"
        child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.read(1) == b"1"
        assert child.poll() is None
        child.stdin.close()
        assert child.wait(PATIENCE) == 1
        child.stdout.close()

    def test_nothing_where_one_stands_is_imported(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "msgspec.py").write_text("raise SystemExit(9)")
        monkeypatch.chdir(tmp_path)
        assert Compiler(command=COMMAND).compile(write(tmp_path / "kb"), tmp_path / "cache").revision


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False
