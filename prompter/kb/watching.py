"""A living base: a thread that sees the trainer's saves and has them compiled.

The whole folder is looked at, not single files: most editors save by writing another file and renaming
it. A save counts when two looks a moment apart are equal; then it is compiled once, in a process of its
own (`compiling`), and told once. Whoever is told must not be slow, and is told in the thread.

Not seen is a save that changes neither a file's size nor its time nor its inode: one written in place,
equally long, within the same two seconds, on a share that counts its times in steps of two.
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
"""From look to look."""

LOOK_SHARE = 5
"""A look that takes long, over a slow network, is followed by a pause so many times as long."""

SETTLE_SECONDS = 0.1
"""How long the files must stay as they are to count as saved."""

DOUBT_SECONDS = 0.4
"""How long files with mistakes must stay as they are before it is told: they may be half written."""

AWAY_SECONDS = 3.0
"""How long the folder may be gone before it is told: a checkout takes it away for a moment."""

RETRY_SECONDS, LONGEST_RETRY = 5.0, 60.0
"""How long after a compilation that failed it is tried again; twice as long each time, up to the longest."""

TAKEN, MENDED, BROKEN, AWAY, BACK, FAILED = "taken", "mended", "broken", "away", "back", "failed"
"""Kinds of news: another revision; the files give the present one again; they have mistakes; their
folder is gone; it is there again; they could not be compiled at all.

What stood in the way before the folder went, mistakes or a failure, is told anew instead of `back`."""


class News(Struct, frozen=True):
    """What became of the files. `base` comes with `taken`, the errors in `problems` with `broken`.

    `unapproved` are the phrases that a `taken` edit took out of operators' sight.
    """

    kind: str
    base: KnowledgeBase | None = None
    problems: tuple[Problem, ...] = ()
    unapproved: tuple[str, ...] = ()


class Watch:
    """What is known of the files, from look to look. All that takes time or touches a disk is given in.

    `look` gives the files' look, empty when the folder is gone; `compile_` and `load` make and read a
    revision; `pause` waits so many seconds and is true when it is time to stop; `now` counts seconds.
    `broken` are the errors that are known and told already.
    """

    def __init__(
        self,
        revision: str,
        look: Callable[[], Fingerprint],
        compile_: Callable[[], Compiled],
        load: Callable[[str], KnowledgeBase | None],
        tell: Callable[[News], None],
        pause: Callable[[float], bool],
        now: Callable[[], float] = time.monotonic,
        broken: tuple[Problem, ...] = (),
    ) -> None:
        self.revision = revision
        self.compiled: Fingerprint | None = None  # how the files looked that were compiled last
        self._look, self._compile, self._load = look, compile_, load
        self._tell, self._pause, self._now = tell, pause, now
        # what stands in the way of the latest save
        self._told: News | None = News(BROKEN, problems=broken) if broken else None
        self._gone: float | None = None  # since when the folder is
        self._gone_told = False
        self._rest = 0.0  # how long the files are left alone after the last look
        self._failures = 0  # in a row
        self._again: float | None = None  # when to try once more

    def run(self) -> None:
        """Look until it is time to stop."""
        while not self._pause(max(LOOK_SECONDS, self._rest)):
            self.seen(self._looked())

    def _looked(self) -> Fingerprint:
        begun = self._now()
        look = self._look()
        self._rest = LOOK_SHARE * (self._now() - begun)
        return look

    def seen(self, look: Fingerprint) -> None:
        """One look: compile when the files were saved, and tell what came of it."""
        if not look:
            self._missing()
            return
        if self._gone_told:
            self._tell(self._told or News(BACK))
        self._gone, self._gone_told = None, False
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
        """The look that two looks had in common; empty when it is time to stop or the folder is gone."""
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
            was, self._told = self._told, None
            if was:
                self._tell(News(MENDED))
            return
        base = self._load(compiled.revision)
        if base is None:
            self._failed()
            return
        self._works()
        self.revision, self._told = base.revision, None
        self._tell(News(TAKEN, base, unapproved=compiled.unapproved))

    def _missing(self) -> None:
        now = self._now()
        if self._gone is None:
            self._gone = now
        if now - self._gone >= AWAY_SECONDS and not self._gone_told:
            self._gone_told = True
            self._tell(News(AWAY))

    def _failed(self) -> None:
        """No fault of the files: memory, the disk or time may suffice in a while."""
        pause = min(LONGEST_RETRY, RETRY_SECONDS * 2**self._failures)
        self._failures += 1
        self._again = self._now() + pause
        self._trouble(News(FAILED))

    def _works(self) -> None:
        self._failures, self._again = 0, None

    def _trouble(self, news: News) -> None:
        """Tell what stands in the way, once."""
        if news != self._told:
            self._told = news
            self._tell(news)


class Watcher:
    """A `Watch` over a folder, in a thread of its own that ends with the program."""

    def __init__(
        self,
        folder: Path,
        cache: Path,
        revision: str,
        tell: Callable[[News], None],
        broken: tuple[Problem, ...] = (),
    ) -> None:
        self._folder, self._cache, self._tell = folder, cache, tell
        self._stopping = threading.Event()
        self._compiler = Compiler()
        self._spare: TemporaryDirectory[str] | None = None
        self._watch = Watch(
            revision,
            look=lambda: fingerprint(folder),
            compile_=lambda: self._compiler.compile(folder, self._cache),
            load=self._load,
            tell=self._told,
            pause=self._stopping.wait,
            broken=broken,
        )
        self._thread = threading.Thread(target=self._run, name="base", daemon=True)

    def start(self) -> None:
        """Look from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more; nothing of it is left running."""
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

    def _told(self, news: News) -> None:
        if not self._stopping.is_set():
            self._tell(news)

    def _load(self, revision: str) -> KnowledgeBase | None:
        base = load_revision(self._cache, revision, _rest)
        if base is None and self._spare is None:
            # The cache cannot be written: the disk is full, or the folder somebody else's.
            try:
                self._spare = TemporaryDirectory(prefix="prompter-", ignore_cleanup_errors=True)
            except OSError:  # nor is there room for temporary files
                return None
            self._cache = Path(self._spare.name)
            with contextlib.suppress(CompilerFailed):
                self._compiler.compile(self._folder, self._cache)
            base = load_revision(self._cache, revision, _rest)
        return base


def _rest() -> None:
    """Let the screen's own thread have its turn."""
    time.sleep(0.001)
