"""Giving a phrase in a drill: spoken and compared, typed and marked, or marked by the trainer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompter.call import drill_events as d
from prompter.locale import _
from prompter.tui.practice.answering import (
    AnswerForm,
    Verdict,
    answer_form,
    coach_mark,
    remark_form,
    self_mark,
)
from prompter.tui.practice.marks import Marker, TypedMark

if TYPE_CHECKING:
    from prompter.tui.forms.form import Form
    from prompter.tui.forms.panel import Panel
    from prompter.tui.practice.screen import PracticeScreen


class Giving:
    """From `Enter` on a phrase, or its field, until it is said on the desk."""

    def __init__(self, screen: PracticeScreen) -> None:
        self.screen = screen
        self._marker = Marker(screen.desk.base)
        self._put_off = ""  # the step whose field was closed with Esc
        self._asking: Panel | None = None  # how it was said, not answered yet
        self._remark: Form | None = None  # on a phrase that the trainer has marked

    @property
    def _place(self) -> str:
        call = self.screen.desk.state.active
        return f"{call.id} {call.frame.step} {len(call.said)}" if call else ""

    def begin(self) -> None:
        """`Enter` on a phrase that was not given yet."""
        screen, setup = self.screen, self.screen.drill.setup
        if not screen.drill.has_words or self._at_sight:
            screen.given(d.SAID, "")
        elif setup.kind == d.COACH:
            self._ask_trainer()
        elif setup.way == d.TYPED:
            self._put_off = ""
            self._open_field()
        else:
            self._compare()

    def settle(self) -> bool:
        """Before a key that leaves the phrase: record a finished mark, resume the clocks.

        False if the key must not act: a spoken phrase has to be compared first, or the drill is over now.
        """
        open_ = self.screen.panels.open
        if open_ is None:
            return True
        if open_ is self._asking:
            self.screen.tell(_("First mark the phrase with a digit; Esc: not said yet"), bad=True)
            return False
        if open_ is self._remark:
            self._remark.submit(self._remark.values())
        elif isinstance(open_, Verdict):
            open_.go_on()
        elif isinstance(open_, AnswerForm):
            self.screen.drill.go()
        return not self.screen.drill.progress.ended

    @property
    def _at_sight(self) -> bool:
        """Whether the phrase was read from the card, so that there is nothing to compare."""
        setup = self.screen.drill.setup
        return setup.level == d.VISIBLE and setup.way == d.ALOUD and setup.kind != d.COACH

    # spoken

    def _compare(self) -> None:
        self.screen.drill.hold()
        self.screen.revealed = True
        self._asking = self_mark(self._compared, self._not_yet)
        self.screen.panels.show(self._asking)

    def _compared(self, verdict: str) -> None:
        self.screen.panels.close(keep=False)
        self.screen.given(verdict, "trainee")

    def _not_yet(self) -> None:
        """Esc: it was not said after all."""
        self.screen.panels.close(keep=False)
        self.screen.revealed = False
        self.screen.drill.go()
        self.screen.draw()

    def _ask_trainer(self) -> None:
        self.screen.drill.hold()
        self.screen.revealed = True
        self._asking = coach_mark(self._ticked, self._not_yet)
        self.screen.panels.show(self._asking)

    def _ticked(self, verdict: str) -> None:
        def submit(remark: str) -> str:
            self.screen.panels.close(keep=False)
            self.screen.given(verdict, "coach", remark=remark.strip())
            return ""

        def leave() -> None:
            submit("")

        self._remark = remark_form(submit, leave)
        self.screen.panels.show(self._remark)

    # typed

    def follow(self) -> None:
        """Open the field if a phrase is to be typed; close it if none is any more."""
        screen, panels = self.screen, self.screen.panels
        field_open = isinstance(panels.open, AnswerForm)
        wanted = self._typed_here and self._put_off != self._place
        if field_open and not self._typed_here:
            panels.close(keep=False)
            screen.drill.go()
        elif wanted and panels.open is None and not screen.searching:
            self._open_field()

    @property
    def _typed_here(self) -> bool:
        drill = self.screen.drill
        typed = drill.setup.way == d.TYPED and drill.setup.kind != d.COACH
        return typed and drill.waits_for_phrase and drill.has_words

    def _open_field(self) -> None:
        self.screen.panels.show(answer_form(self._place, self._submit, self._put_away))

    def _put_away(self) -> None:
        """Esc: letters search and digits choose again; Enter reopens the field."""
        self._put_off = self._place
        self.screen.panels.close()
        self.screen.drill.go()
        self.screen.tell(_("Letters search again; Enter: back to the phrase, Esc: take back the last key"))

    def typing(self, text: str) -> None:
        """Text was typed into the field: from the first letter all clocks are paused."""
        if text and isinstance(self.screen.panels.open, AnswerForm):
            self.screen.drill.hold()

    def _submit(self, text: str) -> str:
        if not text.strip():
            return _("Type the phrase, or Esc: not yet")
        drill = self.screen.drill
        step = drill.step
        assert step is not None
        mark = self._marker.mark(step.id, text, drill.spoken_language())
        self.screen.panels.close(keep=False)
        if drill.setup.kind == d.EXAM:
            self._go_on(mark, text)
            self.screen.tell(_("Written down"))
        else:
            drill.hold()
            self.screen.revealed = True
            self.screen.panels.show(Verdict(mark.rows, lambda: self._seen(mark, text)))
        return ""

    def _seen(self, mark: TypedMark, text: str) -> None:
        self.screen.panels.close(keep=False)
        self._go_on(mark, text)

    def _go_on(self, mark: TypedMark, text: str) -> None:
        self.screen.given(mark.verdict, "program", mark.score, text)
