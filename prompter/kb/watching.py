"""Live editing: a thread that notices the trainer's saves and has them compiled.

The whole folder is watched, not single files: most editors save by writing another file and renaming it. A
save counts when two looks a moment apart are equal; then it is compiled once, in a separate process
(`compiling`), and reported once. The callback runs in this thread and must not be slow.

A save that changes neither a file's size nor its time nor its inode goes unnoticed: one written in place, of
equal length, within the same two seconds, on a share with a time resolution of two seconds.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from prompter.kb.compiling import Compiled, Compiler, CompilerFailed
from prompter.kb.model import KnowledgeBase
from prompter.kb.opening import last_look, load_revision
from prompter.kb.problems import ERROR, Problem
from prompter.kb.source import Fingerprint, fingerprint

LOOK_SECONDS = 0.5
"""Between looks."""

LOOK_SHARE = 5
"""After a slow look, over a network, the pause is this many times as long as the look took."""

SETTLE_SECONDS = 0.1
"""How long the files must stay unchanged to count as saved."""

DOUBT_SECONDS = 0.4
"""How long files with errors must stay unchanged before it is reported: they may be half written."""

AWAY_SECONDS = 3.0
"""How long the folder may be missing before it is reported: a checkout removes it for a moment."""

RETRY_SECONDS, LONGEST_RETRY = 5.0, 60.0
"""The delay before retrying a failed compilation; doubles each time, up to the longest."""

TAKEN, MENDED, BROKEN, AWAY, BACK, FAILED = "taken", "mended", "broken", "away", "back", "failed"
"""Kinds of news: another revision; the files give the current one again; they have errors; their folder
is gone; it is back; they could not be compiled at all.

Errors or a failure from before the folder went are reported again instead of `back`."""


class News(Struct, frozen=True):
    """What happened to the files. `base` comes with `taken`, the errors in `problems` with `broken`.

    `unapproved` are the phrases that a `taken` edit hid from operators.
    """

    kind: str
    base: KnowledgeBase | None = None
    problems: tuple[Problem, ...] = ()
    unapproved: tuple[str, ...] = ()


class Watch:
    """The state of the files, from look to look. Everything slow or touching a disk is injected.

    `look` returns the fingerprint, empty if the folder is gone; `compile_` and `load` make and read a
    revision; `pause` waits the given seconds and returns True when it is time to stop; `now` is in seconds.
    `broken` are errors already known and reported.
    """

    def __init__(
        self,
        revision: str,
        look: Callable[[], Fingerprint],
        compile_: Callable[[], Compiled],
        load: Callable[[str], KnowledgeBase | None],
        report: Callable[[News], None],
        pause: Callable[[float], bool],
        now: Callable[[], float] = time.monotonic,
        broken: tuple[Problem, ...] = (),
    ) -> None:
        self.revision = revision
        self.compiled: Fingerprint | None = None  # the fingerprint that was compiled last
        self._look, self._compile, self._load = look, compile_, load
        self._report, self._pause, self._now = report, pause, now
        # what is wrong with the latest save
        self._reported: News | None = News(BROKEN, problems=broken) if broken else None
        self._gone: float | None = None  # since when the folder is missing
        self._gone_reported = False
        self._rest = 0.0  # how long to leave the files alone after the last look
        self._failures = 0  # in a row
        self._again: float | None = None  # when to retry

    def run(self) -> None:
        """Watch until told to stop."""
        while not self._pause(max(LOOK_SECONDS, self._rest)):
            self.seen(self._looked())

    def _looked(self) -> Fingerprint:
        begun = self._now()
        look = self._look()
        self._rest = LOOK_SHARE * (self._now() - begun)
        return look

    def seen(self, look: Fingerprint) -> None:
        """Handle one look: if the files were saved, compile them and report the result."""
        if not look:
            self._missing()
            return
        if self._gone_reported:
            self._report(self._reported or News(BACK))
        self._gone, self._gone_reported = None, False
        due = self._again is not None and self._now() >= self._again
        if (look == self.compiled and not due) or not (settled := self._settled(look)):
            return
        self.compiled = settled
        try:
            compiled = self._compile()
        except CompilerFailed:
            self._failed()
            return
        self._judge(compiled, settled)

    def _settled(self, look: Fingerprint) -> Fingerprint:
        """The fingerprint once two looks agree; empty if it is time to stop or the folder is gone."""
        while True:
            if self._pause(max(SETTLE_SECONDS, self._rest)):
                return []
            before, look = look, self._looked()
            if look == before:
                return look

    def _judge(self, compiled: Compiled, look: Fingerprint) -> None:
        errors = tuple(problem for problem in compiled.problems if problem.severity == ERROR)
        if errors and not compiled.revision:
            self._works()
            if not self._pause(max(DOUBT_SECONDS, self._rest)) and self._looked() == look:
                self._trouble(News(BROKEN, problems=errors))
            return
        if compiled.revision == self.revision:
            self._works()
            was, self._reported = self._reported, None
            if was:
                self._report(News(MENDED))
            return
        base = self._load(compiled.revision)
        if base is None:
            self._failed()
            return
        self._works()
        self.revision, self._reported = base.revision, None
        self._report(News(TAKEN, base, unapproved=compiled.unapproved))

    def _missing(self) -> None:
        now = self._now()
        if self._gone is None:
            self._gone = now
        if now - self._gone >= AWAY_SECONDS and not self._gone_reported:
            self._gone_reported = True
            self._report(News(AWAY))

    def _failed(self) -> None:
        """Schedule a retry: not the files' fault, there may be enough memory, disk or time later."""
        pause = min(LONGEST_RETRY, RETRY_SECONDS * 2**self._failures)
        self._failures += 1
        self._again = self._now() + pause
        self._trouble(News(FAILED))

    def _works(self) -> None:
        self._failures, self._again = 0, None

    def _trouble(self, news: News) -> None:
        """Report what is wrong, once."""
        if news != self._reported:
            self._reported = news
            self._report(news)


class Watcher:
    """A `Watch` over a folder, in a thread of its own that ends with the program."""

    def __init__(
        self,
        folder: Path,
        cache: Path,
        revision: str,
        report: Callable[[News], None],
        broken: tuple[Problem, ...] = (),
    ) -> None:
        self._folder, self._cache, self._report = folder, cache, report
        self._stopping = threading.Event()
        self._compiler = Compiler()
        self._spare: TemporaryDirectory[str] | None = None
        self._watch = Watch(
            revision,
            look=lambda: fingerprint(folder),
            compile_=lambda: self._compiler.compile(folder, self._cache),
            load=self._load,
            report=self._pass_on,
            pause=self._stopping.wait,
            broken=broken,
        )
        self._thread = threading.Thread(target=self._run, name="base", daemon=True)

    def start(self) -> None:
        """Start watching."""
        self._thread.start()

    def stop(self) -> None:
        """Stop watching; leaves nothing running."""
        self._stopping.set()
        self._compiler.stop()
        self._thread.join(1)

    def _run(self) -> None:
        self._watch.compiled = last_look(self._folder, self._cache, self._watch.revision)
        try:
            self._watch.run()
        finally:
            if self._spare:
                self._spare.cleanup()

    def _pass_on(self, news: News) -> None:
        if not self._stopping.is_set():
            self._report(news)

    def _load(self, revision: str) -> KnowledgeBase | None:
        base = load_revision(self._cache, revision, _rest)
        if base is None and self._spare is None:
            # The cache is not writable: the disk is full, or the folder somebody else's.
            try:
                self._spare = TemporaryDirectory(prefix="prompter-", ignore_cleanup_errors=True)
            except OSError:  # no room for temporary files either
                return None
            self._cache = Path(self._spare.name)
            with contextlib.suppress(CompilerFailed):
                self._compiler.compile(self._folder, self._cache)
            base = load_revision(self._cache, revision, _rest)
        return base


def _rest() -> None:
    """Yield to the screen's thread."""
    time.sleep(0.001)
