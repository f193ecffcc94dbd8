"""A living base: saves are seen whole, compiled once and told once, whatever an editor does to the files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from queue import Empty, Queue

import pytest
from msgspec.structs import replace

from prompter.kb import watching
from prompter.kb.build import load_sources
from prompter.kb.compiling import Compiled, Compiler, CompilerFailed
from prompter.kb.model import KnowledgeBase
from prompter.kb.opening import open_base
from prompter.kb.problems import ERROR, WARNING, Place, Problem
from prompter.kb.source import Fingerprint
from prompter.kb.watching import AWAY, BACK, BROKEN, FAILED, MENDED, TAKEN, News, Watch, Watcher
from tests.kb.bases import HELLO, path_of, write

EXAMPLE = load_sources(Path(__file__).parent / "example")[0]


PATIENCE = 20


def mistake(code: str, severity: str = ERROR) -> Problem:
    return Problem(Place("kb.yaml"), code, severity=severity)


class Trainer:
    """A folder without files and a day without seconds: what was saved, and when.

    A content is the name of the revision it gives, "bad…" for files with mistakes, "die" for a compiler
    that dies of them, "" for no folder at all.
    """

    def __init__(self, content: str = "one", **settings: object) -> None:
        self.time, self.end = 0.0, 0.0
        self.content, self.stamp = content, 0
        self.saves: list[tuple[float, str, int]] = []
        self.compiled: list[str] = []
        self.told: list[tuple[float, News]] = []
        self.slow = 0.0
        self.watch = Watch(
            "one", self.look, self.compile, self.load, self.tell, self.pause, lambda: self.time, **settings
        )
        self.watch.compiled = self.look()

    def saves_at(self, at: float, content: str, stamp: int | None = None) -> Trainer:
        """The files will be so from a moment on. Every save has a time of its own unless it is given one."""
        self.saves.append((at, content, len(self.saves) + 1 if stamp is None else stamp))
        return self

    def until(self, end: float) -> Trainer:
        self.end = end
        self.watch.run()
        return self

    @property
    def news(self) -> list[str]:
        return [news.base.revision if news.base else news.kind for _, news in self.told]

    def pause(self, seconds: float) -> bool:
        self.passes(seconds)
        return self.time >= self.end

    def passes(self, seconds: float) -> None:
        self.time += seconds
        while self.saves and self.saves[0][0] <= self.time:
            _, self.content, self.stamp = self.saves.pop(0)

    def look(self) -> Fingerprint:
        self.passes(self.slow)
        return [("kb.yaml", 1, self.stamp, 0)] if self.content else []

    def compile(self) -> Compiled:
        content = self.content
        self.compiled.append(content)
        self.passes(0.2)
        if content == "die":
            raise CompilerFailed("it died")
        if content.startswith("bad"):
            return Compiled("", [mistake("a-warning", WARNING), mistake(content)])
        return Compiled(content, [mistake("a-warning", WARNING)])

    def load(self, revision: str) -> KnowledgeBase | None:
        return None if revision == "lost" else replace(EXAMPLE, revision=revision)

    def tell(self, news: News) -> None:
        self.told.append((self.time, news))


class TestWatch:
    def test_an_idle_folder_is_only_looked_at(self) -> None:
        trainer = Trainer().until(100)
        assert (trainer.compiled, trainer.told) == ([], [])

    @pytest.mark.parametrize("at", [1.0, 1.05, 1.25, 1.49])
    def test_a_save_is_told_within_a_second(self, at: float) -> None:
        trainer = Trainer().saves_at(at, "two").until(10)
        assert (trainer.compiled, trainer.news) == (["two"], ["two"])
        assert trainer.told[0][0] - at <= 1

    def test_a_save_that_takes_long_is_waited_for(self) -> None:
        trainer = Trainer()
        for part in range(40):
            trainer.saves_at(1 + part * 0.05, "bad, half of it")
        trainer.saves_at(3.1, "two").until(10)
        assert (trainer.compiled, trainer.news) == (["two"], ["two"])

    def test_half_a_file_is_no_mistake(self) -> None:
        trainer = Trainer().saves_at(1.0, "bad, empty").saves_at(1.6, "two").until(10)
        assert (trainer.compiled, trainer.news) == (["bad, empty", "two"], ["two"])

    def test_mistakes_are_told_once_and_so_is_their_end(self) -> None:
        trainer = Trainer().saves_at(1, "bad").saves_at(5, "bad").saves_at(9, "bad too").saves_at(13, "one")
        assert trainer.until(20).news == [BROKEN, BROKEN, MENDED]
        assert [[p.code for p in news.problems] for _, news in trainer.told] == [["bad"], ["bad too"], []]
        assert trainer.told[0][0] - 1 <= 1.5

    def test_what_the_start_told_is_not_told_again_but_its_end_is(self) -> None:
        trainer = Trainer("bad", broken=(mistake("bad"),))
        trainer.watch.compiled = None  # not known, as after every start with mistakes
        assert trainer.until(5).news == []
        assert trainer.saves_at(6, "one").until(10).news == [MENDED]

    def test_a_mended_save_may_bring_other_words(self) -> None:
        assert Trainer().saves_at(1, "bad").saves_at(5, "two").until(10).news == [BROKEN, "two"]

    def test_a_touched_file_changes_nothing(self) -> None:
        trainer = Trainer().saves_at(1, "one").until(10)
        assert (trainer.compiled, trainer.news) == (["one"], [])

    def test_a_file_as_old_as_ever_is_another_one(self) -> None:
        assert Trainer().saves_at(1, "two", stamp=-5).until(10).news == ["two"]

    def test_a_save_while_the_one_before_is_compiled_follows(self) -> None:
        trainer = Trainer().saves_at(1.0, "two").saves_at(1.2, "three").until(10)
        assert trainer.news[-1] == "three"
        assert trainer.compiled[-1] == "three"

    def test_a_folder_that_is_gone_for_a_moment_is_not_missed(self) -> None:
        trainer = Trainer().saves_at(1, "").saves_at(3, "one", stamp=0).until(20)
        assert (trainer.compiled, trainer.news) == ([], [])

    def test_a_folder_that_stays_away_is_missed_once_and_comes_back_by_itself(self) -> None:
        trainer = Trainer().saves_at(1, "").saves_at(60, "one", stamp=0).saves_at(70, "").saves_at(90, "two")
        assert trainer.until(100).news == [AWAY, BACK, AWAY, BACK, "two"]
        assert trainer.compiled == ["two"]

    def test_mistakes_outlast_a_folder_that_is_away(self) -> None:
        trainer = Trainer().saves_at(1, "bad", stamp=7).saves_at(10, "").saves_at(20, "bad", stamp=7)
        assert trainer.saves_at(30, "one").until(40).news == [BROKEN, AWAY, BROKEN, MENDED]

    @pytest.mark.parametrize("content", ["die", "lost"])
    def test_a_compiler_that_fails_is_told_once_and_tried_at_the_next_save(self, content: str) -> None:
        trainer = Trainer().saves_at(1, content).saves_at(4, content).saves_at(7, "two").until(20)
        assert (trainer.compiled, trainer.news) == ([content, content, "two"], [FAILED, "two"])

    @pytest.mark.parametrize("content", ["die", "lost"])
    def test_a_compiler_that_fails_is_tried_again_after_growing_pauses(self, content: str) -> None:
        trainer, begun = Trainer().saves_at(1, content), list[float]()
        compile_ = trainer.watch._compile

        def noting() -> Compiled:
            begun.append(trainer.time)
            return compile_()

        trainer.watch._compile = noting
        assert trainer.until(400).news == [FAILED]
        pauses = [round(later - sooner) for sooner, later in pairwise(begun)]
        assert pauses[:7] == pytest.approx([5, 10, 20, 40, 60, 60, 60], abs=1)

    def test_what_failed_for_a_moment_needs_no_other_save_and_the_next_pause_is_short_again(self) -> None:
        trainer = Trainer().saves_at(1, "die", stamp=7).saves_at(10, "two", stamp=7)
        trainer.saves_at(30, "die", stamp=8).saves_at(33, "three", stamp=8)
        assert trainer.until(40).news == [FAILED, "two", FAILED, "three"]
        assert trainer.told[1][0] <= 18

    def test_a_folder_that_answers_slowly_is_asked_less(self) -> None:
        trainer = Trainer()
        trainer.slow = 2.0
        looks = 0

        def look() -> Fingerprint:
            nonlocal looks
            looks += 1
            return Trainer.look(trainer)

        trainer.watch._look = look
        trainer.until(120)
        assert 5 <= looks <= 120 / (2 * watching.LOOK_SHARE)

    def test_a_folder_that_answers_slowly_is_asked_less_while_it_is_written_to(self) -> None:
        trainer = Trainer()
        trainer.slow = 2.0
        for second in range(1, 120):
            trainer.saves_at(second, "two")
        ends, look = list[float](), trainer.watch._look

        def noting() -> Fingerprint:
            seen = look()
            ends.append(trainer.time)
            return seen

        trainer.watch._look = noting
        assert trainer.until(150).news == ["two"]
        assert min(later - sooner for sooner, later in pairwise(ends)) >= 2 + 2 * watching.LOOK_SHARE


# In real files, compiled by a real child


def in_place(folder: Path, text: str) -> None:
    path_of(folder, "hello").write_text(text, encoding="utf-8")


def by_renaming(folder: Path, text: str) -> None:
    beside = folder / "scenarios" / ".hello.yaml.tmp"
    beside.write_text(text, encoding="utf-8")
    beside.replace(path_of(folder, "hello"))


def as_vim_does(folder: Path, text: str) -> None:
    scenarios = folder / "scenarios"
    (scenarios / ".hello.yaml.swp").write_bytes(b"b0VIM 9.0")
    (scenarios / "4913").touch()
    (scenarios / "4913").unlink()
    path_of(folder, "hello").rename(scenarios / "hello.yaml~")
    in_place(folder, text)
    (scenarios / "hello.yaml~").unlink()


def anew(folder: Path, text: str) -> None:
    path_of(folder, "hello").unlink()
    in_place(folder, text)


def with_others(folder: Path, text: str) -> None:
    write(folder, hello=text, more=HELLO, further=HELLO)


def with_the_folder(folder: Path, text: str) -> None:
    folder.rename(folder.with_name("old"))
    write(folder, hello=text)


@contextmanager
def watched(folder: Path, cache: Path) -> Iterator[Callable[[], News]]:
    """Watch a folder; what is yielded waits for the next news."""
    news: Queue[News] = Queue()
    watcher = Watcher(folder, cache, open_base(folder, cache).base.revision, news.put)
    watcher.start()
    try:
        yield lambda: news.get(timeout=PATIENCE)
    finally:
        watcher.stop()
    with pytest.raises(Empty):
        news.get_nowait()


@pytest.mark.parametrize(
    "save", [in_place, by_renaming, as_vim_does, anew, with_others, with_the_folder], ids=lambda f: f.__name__
)
def test_every_editors_save_arrives_once(save: Callable[[Path, str], None], tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "kb"), tmp_path / "cache"
    with watched(folder, cache) as next_news:
        save(folder, HELLO.replace("Добрый день", "Салам"))
        news = next_news()
        assert news.base is not None
        say = news.base.steps["hello.first"].say
        assert say is not None
        assert say.wordings["ru"][0].text == "Салам"
    assert open_base(folder, cache).base == news.base


def test_a_mistake_bears_its_place_and_a_restart_has_the_last_good(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "kb"), tmp_path / "cache"
    good = open_base(folder, cache).base
    with watched(folder, cache) as next_news:
        in_place(folder, HELLO.replace("go: talk", "go: nowhere"))
        news = next_news()
        assert news.kind == BROKEN
        assert (news.problems[0].place.file, news.problems[0].place.line) == ("scenarios/hello.yaml", 12)
        again = open_base(folder, cache)
        assert (again.base, again.stale) == (good, True)
        in_place(folder, HELLO)
        assert next_news().kind == MENDED


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is unreadable to this user")
def test_an_unreadable_file_is_a_mistake(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "kb"), tmp_path / "cache"
    closed = tmp_path / "closed.yaml"
    closed.write_text(HELLO)
    closed.chmod(0)
    with watched(folder, cache) as next_news:
        closed.replace(path_of(folder, "hello"))
        assert next_news().problems[0].code == "unreadable-file"


def test_a_folder_in_a_files_place_is_a_mistake(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "kb"), tmp_path / "cache"
    with watched(folder, cache) as next_news:
        path_of(folder, "hello").unlink()
        path_of(folder, "hello").mkdir()
        news = next_news()
        assert (news.kind, news.problems[0].place.file) == (BROKEN, "scenarios/hello.yaml")


def test_a_cache_that_cannot_be_written_keeps_no_save_away(tmp_path: Path) -> None:
    folder, cache = write(tmp_path / "kb"), tmp_path / "cache"
    cache.write_text("no folder")
    with watched(folder, cache) as next_news:
        in_place(folder, HELLO.replace("Добрый день", "Салам"))
        assert next_news().kind == TAKEN
        in_place(folder, HELLO.replace("Добрый день", "Саламатсызбы"))
        assert next_news().kind == TAKEN


def test_nowhere_to_write_is_told_and_the_watching_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_options: object) -> None:
        raise OSError("no space")

    folder, cache = write(tmp_path / "kb"), tmp_path / "cache"
    cache.write_text("no folder")
    with watched(folder, cache) as next_news:
        with monkeypatch.context() as patch:
            patch.setattr(watching, "TemporaryDirectory", full)
            in_place(folder, HELLO.replace("Добрый день", "Салам"))
            assert next_news().kind == FAILED
        in_place(folder, HELLO.replace("Добрый день", "Саламатсызбы"))
        assert next_news().kind == TAKEN


def test_nothing_is_told_once_it_is_to_stop(tmp_path: Path) -> None:
    folder, cache, begun = write(tmp_path / "kb"), tmp_path / "cache", tmp_path / "begun"
    told: list[News] = []
    watcher = Watcher(folder, cache, open_base(folder, cache).base.revision, told.append)
    hanging = f"import pathlib, time; pathlib.Path({str(begun)!r}).touch(); time.sleep(600)"
    watcher._compiler = Compiler(command=(sys.executable, "-c", hanging))
    watcher.start()
    in_place(folder, HELLO.replace("Добрый день", "Салам"))
    while not begun.exists():
        assert watcher._thread.is_alive()
    watcher.stop()  # the compilation that it breaks off has failed
    watcher._thread.join(PATIENCE)
    assert not watcher._thread.is_alive()
    assert told == []
