"""Which words are shown: filled in, drafts, departments, and those of a base that was edited meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest
from msgspec.structs import replace

from prompter.call.view.parts import (
    CURRENT,
    PAUSED,
    Viewer,
)
from prompter.call.words import FILLED, MISSING, PLAIN, TIMED, Fragment, Speaker, fill
from prompter.kb.model import KnowledgeBase, Wording
from prompter.kb.revision import _Steps, from_json_lazily, to_json
from tests.call.builders import (
    AIGUL,
    ZONE,
    Shift,
    bundled,
    complaining,
    phrase_of,
    text_of,
    with_step,
    without_scenario,
)

Swap = Callable[[Shift, KnowledgeBase], None]


class TestWords:
    def seen(self, base: KnowledgeBase, tmp_path: Path, viewer: Viewer) -> Shift:
        return Shift(tmp_path / "journal.db", base, viewer=viewer)

    def test_a_name_that_nobody_gave_is_marked(self, tmp_path: Path) -> None:
        shift = self.seen(bundled(), tmp_path, replace(AIGUL, operator=""))
        assert shift.card.missing == ("settings",)
        assert shift.card.spoken is not None
        assert Fragment("operator", MISSING, "settings") in shift.card.spoken.variants[0]
        assert "{" not in shift.phrase

    def test_a_word_that_the_base_does_not_know_is_marked_and_shows_no_brace(self) -> None:
        assert fill(bundled(), "Я {nobody}.", "ru", Speaker()) == (
            Fragment("Я "),
            Fragment("nobody", MISSING),
            Fragment("."),
        )

    @pytest.mark.parametrize(
        ("gender", "text"), [("f", "Я завершила с Вами разговор."), ("m", "Я завершил с Вами разговор.")]
    )
    def test_her_form_or_his(self, tmp_path: Path, gender: str, text: str) -> None:
        shown = replace(complaining(tmp_path / "kb"), show_drafts=True)
        shift = self.seen(shown, tmp_path, replace(AIGUL, gender=gender))
        card = shift.desk.preview("complaint")
        assert (phrase_of(card), card.missing) == (text, ())

    def test_a_form_that_nobody_gave_is_marked(self, tmp_path: Path) -> None:
        shown = replace(complaining(tmp_path / "kb"), show_drafts=True)
        shift = self.seen(shown, tmp_path, replace(AIGUL, gender=""))
        assert shift.desk.preview("complaint").missing == ("gender",)

    @pytest.mark.parametrize(
        ("hour", "minute", "words"),
        [
            (5, 0, "Доброе утро"),
            (11, 59, "Доброе утро"),
            (12, 0, "Добрый день"),
            (16, 59, "Добрый день"),
            (17, 0, "Добрый вечер"),
            (23, 59, "Добрый вечер"),
            (0, 0, "Добрый вечер"),
            (4, 59, "Добрый вечер"),
        ],
    )
    def test_the_part_of_the_day(self, shift: Shift, hour: int, minute: int, words: str) -> None:
        shift.clock.time = datetime(2026, 3, 2, hour, minute, tzinfo=ZONE).timestamp()
        assert shift.phrase.startswith(f"{words}, компания")

    def test_a_time_to_change_is_marked_as_one(self, talking: Shift) -> None:
        spoken = talking.press("F4", "1").card.spoken
        assert spoken is not None
        assert spoken.variants[0][1] == Fragment("2", TIMED)
        assert {f.kind for f in spoken.variants[0]} == {PLAIN, TIMED}
        assert talking.press("Esc", "Esc").refused("←") == "no-time"

    def test_a_time_that_was_told_is_not_changed(self, tmp_path: Path) -> None:
        base = with_step(bundled(), "clarify.how_long", answers=bundled().steps["clarify.ask"].answers[:2])
        shift = Shift(tmp_path / "journal.db", base).press("Enter", "F4", "1", "←", "Enter")
        assert shift.card.said
        assert shift.refused("→") == "said-already"

    def test_a_fixed_time_is_filled_and_not_changed(self, tmp_path: Path) -> None:
        base = bundled()
        base = replace(base, norms={**base.norms, "hold": replace(base.norms["hold"], step=0)})
        shift = self.seen(base, tmp_path, AIGUL).press("Enter", "F4", "1")
        assert shift.card.spoken is not None
        assert shift.card.spoken.variants[0][1] == Fragment("2", FILLED)
        assert not shift.card.timed
        assert shift.refused("←") == "no-time"


class TestDrafts:
    """Words nobody approved: hidden behind the other language, or plainly marked."""

    def test_hidden_the_other_language_stands_with_a_mark(self, talking: Shift) -> None:
        talking.press("F12", "F4")
        spoken = talking.card.spoken
        assert spoken is not None
        assert (spoken.language, spoken.draft, talking.card.instead) == ("ru", False, "ky")
        assert talking.card.lacking == ("ky",)

    def test_hidden_in_every_language_it_is_own_words(self, tmp_path: Path) -> None:
        shift = Shift(tmp_path / "journal.db", complaining(tmp_path / "kb"))
        assert (shift.card.kind, shift.card.spoken) == ("own", None)

    def test_marked_the_draft_is_shown_as_one(self, tmp_path: Path) -> None:
        base = replace(bundled(), show_drafts=True)
        shift = Shift(tmp_path / "journal.db", base).press("Enter", "F12", "F4")
        spoken = shift.card.spoken
        assert spoken is not None
        assert (spoken.language, spoken.draft, shift.card.instead) == ("ky", True, "")
        assert shift.phrase.startswith("Сураныч, линияда")
        assert [(o.language, o.draft) for o in shift.card.others] == [("ru", False)]

    def test_marked_or_not_approved_words_are_no_drafts(self, shift: Shift) -> None:
        assert shift.card.spoken is not None
        assert not shift.card.spoken.draft
        assert [(o.language, o.draft) for o in shift.card.others] == [("ky", False)]

    def test_of_several_wordings_the_approved_ones_alone(self, tmp_path: Path) -> None:
        base = bundled()
        say = base.steps["clarify.ask"].say
        assert say is not None
        known = say.wordings["ru"][0]
        more = (Wording("Одну минуту.", "0", False), known, Wording("Минутку.", "1", True))
        base = with_step(base, "clarify.ask", say=replace(say, wordings={"ru": more}))
        spoken = Shift(tmp_path / "journal.db", base).press("Enter", "F4").card.spoken
        assert spoken is not None
        assert [text_of(v) for v in spoken.variants] == [known.text, "Минутку."]


class TestDepartments:
    @pytest.fixture
    def base(self) -> KnowledgeBase:
        """Swearing is the support's business."""
        base = bundled()
        theirs = replace(base.scenarios["profanity"], departments=("support",))
        return replace(base, scenarios={**base.scenarios, "profanity": theirs})

    @pytest.mark.parametrize(("department", "listed"), [("support", True), ("sales", False), ("", True)])
    def test_a_scenario_of_a_department(
        self, base: KnowledgeBase, tmp_path: Path, department: str, listed: bool
    ) -> None:
        shift = Shift(tmp_path / "journal.db", base, viewer=replace(AIGUL, department=department))
        assert ("profanity" in shift.tree) is listed
        assert "clarify" in shift.tree

    def test_the_calls_own_is_listed_all_the_same(self, base: KnowledgeBase, tmp_path: Path) -> None:
        shift = Shift(tmp_path / "journal.db", base, viewer=replace(AIGUL, department="sales"))
        assert shift.desk.start(scenario="profanity", greeted=True) is None
        assert shift.tree["profanity"] == CURRENT

    @pytest.mark.parametrize(
        ("department", "keys"),
        [
            ("sales", {"profanity": "F5"}),
            ("support", {"support_pranks": "F5"}),
            ("", {"profanity": "F5", "support_pranks": ""}),
        ],
    )
    def test_two_departments_may_share_a_key(
        self, tmp_path: Path, department: str, keys: dict[str, str]
    ) -> None:
        viewer = replace(AIGUL, department=department)
        shown = Shift(tmp_path / "journal.db", bundled(), viewer=viewer).desk.view().tree
        sharing = ("profanity", "support_pranks")
        assert {row.scenario: row.key for row in shown if row.scenario in sharing} == keys


class TestEditedMeanwhile:
    """The script changes under the call: the step on screen keeps its words until it is left."""

    @pytest.fixture(params=["at once", "at a restart"])
    def swap(self, request: pytest.FixtureRequest) -> Swap:
        """A save: the running program takes it, or one started again with the old revision on disk."""

        def at_once(shift: Shift, base: KnowledgeBase) -> None:
            shift.base = base
            shift.desk.take(base)

        def at_a_restart(shift: Shift, base: KnowledgeBase) -> None:
            old = shift.base
            shift.base = base
            shift.load_base = lambda revision: old if revision == old.revision else None
            shift.restart()

        return at_once if request.param == "at once" else at_a_restart

    def test_the_words_on_the_card_stay(self, talking: Shift, swap: Swap) -> None:
        edited = with_step(talking.base, "clarify.ask", answers=(), do={"ru": "Новое"})
        talking.press("F4")
        swap(talking, edited)
        assert (len(talking.offered), talking.do) == (3, "")
        talking.press("F9", "F4")
        assert (len(talking.offered), talking.do) == (0, "Новое")

    def test_an_answer_whose_step_is_gone_leads_to_the_talk(self, talking: Shift, swap: Swap) -> None:
        edited = without_scenario(talking.base, "manager")
        talking.press("F8")
        swap(talking, edited)
        assert talking.offered[1] == "Разговор"
        assert talking.press("1").card.step == "talk.listen"

    def test_a_form_whose_scenario_is_gone_still_promises(self, talking: Shift, swap: Swap) -> None:
        edited = without_scenario(talking.base, "manager")
        talking.press("F8", "2")
        swap(talking, edited)
        talking.promise()
        assert (talking.owed.who, talking.card.step) == ("manager", "talk.listen")

    def test_a_vanished_step_says_so_and_offers_the_talk(self, talking: Shift, swap: Swap) -> None:
        edited = without_scenario(talking.base, "manager")
        talking.press("F8")
        swap(talking, edited)
        assert talking.card.vanished
        assert talking.tree["manager"] == CURRENT
        talk = talking.card.answers[-1]
        assert (talk.when, talk.leads) == ("Разговор", "Разговор")
        talking.press(str(talk.digit))
        assert (talking.card.step, talking.card.vanished) == ("talk.listen", False)
        assert "manager" not in talking.tree

    def test_enter_leads_out_of_a_vanished_step_that_led_nowhere(self, talking: Shift, swap: Swap) -> None:
        talking.desk.take(with_step(talking.base, "manager.ask", answers=()))
        talking.base = talking.desk.base
        talking.press("F8", "Enter")
        assert talking.refused("Enter") == "listen"
        swap(talking, without_scenario(talking.base, "manager"))
        assert (talking.view.enter, talking.offered) == ("answer", {1: "Разговор"})
        assert talking.press("Enter").card.step == "talk.listen"

    def test_out_of_a_vanished_interrupt_one_returns(self, talking: Shift, swap: Swap) -> None:
        talking.press("F9", "F5")
        edited = with_step(talking.base, "profanity.warn", answers=())
        talking.desk.take(edited)
        talking.press("F9", "F5")
        talking.base = edited
        swap(talking, without_scenario(edited, "profanity"))
        assert talking.offered == {1: talking.base.steps["closing.questions"].title["ru"]}
        assert talking.press("Enter").card.step == "closing.questions"

    def test_what_is_interrupted_may_vanish_meanwhile(self, talking: Shift, swap: Swap) -> None:
        talking.press("F9", "F5")
        swap(talking, without_scenario(talking.base, "closing"))
        assert talking.tree["closing"] == PAUSED
        talking.press("1")
        assert (talking.card.step, talking.card.vanished) == ("closing.questions", True)
        talking.press("Esc", "Esc")
        assert (talking.card.step, talking.card.vanished) == ("closing.questions", True)

    def test_a_time_is_named_in_the_words_on_screen(self, talking: Shift, swap: Swap) -> None:
        talking.press("F4", "1")
        words = {id_: word for id_, word in talking.base.words.items() if word.source != "operator"}
        swap(talking, replace(talking.base, words=words, revision="wordless"))
        assert talking.card.timed
        before = talking.phrase
        assert talking.press("←").phrase != before

    def test_a_language_that_is_gone_leaves_the_call_its_words(self, talking: Shift, swap: Swap) -> None:
        talking.press("F12", "F9", "2")
        swap(talking, replace(talking.base, languages=("ru",), revision="russian"))
        assert talking.card.spoken is not None
        assert talking.card.spoken.language == "ky"
        assert talking.press("Esc", "F4").phrase.startswith("Ожидайте")

    def test_a_promise_whose_norm_is_gone_still_stands(self, talking: Shift, swap: Swap) -> None:
        talking.press("F4", "2").promise(minutes=20)
        norms = {id_: norm for id_, norm in talking.base.norms.items() if id_ != "callback"}
        swap(talking, replace(talking.base, norms=norms, revision="without callbacks"))
        assert talking.norms == [("Перезвонить", "open", 1200)]

    def test_a_norm_that_no_base_knows_is_named_by_its_id(self, talking: Shift) -> None:
        talking.press("F4", "2").promise(minutes=20).end("helped")
        norms = {id_: norm for id_, norm in talking.base.norms.items() if id_ != "callback"}
        talking.base = replace(talking.base, norms=norms, revision="without callbacks")
        talking.restart()
        assert talking.norms == [("callback", "open", 1200)]

    def test_no_key_looks_at_every_step(self, talking: Shift) -> None:
        """Each that is looked at is decoded, and there may be 10,000."""
        base = from_json_lazily(to_json(replace(talking.base, company="Skynet 2")))
        talking.desk.take(base)
        for key in ("F4", "Enter", "Esc", "F9", "2", "Esc"):
            talking.press(key)
            assert talking.card
        unopened = [scenario for scenario in base.scenarios.values() if not scenario.key]
        seen = cast(_Steps, base.steps)._decoded
        assert not [step for one in unopened for step in one.steps if step in seen and one.id != base.talk]

    def test_many_saves_in_a_call_are_not_all_kept(self, talking: Shift) -> None:
        talking.press("F9")
        first = talking.base
        for number in range(30):
            talking.desk.take(replace(first, revision=f"save {number}"))
            talking.press("F4", "Esc", "F5", "F9")
        older = talking.desk.bases.older
        assert len(older) <= 6
        assert "save 28" in older
        talking.press(*["Esc"] * 20)

    def test_a_step_known_to_no_base_is_the_talk(self, talking: Shift) -> None:
        edited = without_scenario(talking.base, "manager")
        talking.press("F8")
        talking.base = edited
        talking.restart()
        assert talking.do == "Слушайте. Печатайте слова клиента."
        assert talking.card.vanished
        assert talking.press("Enter").card.step == "talk.listen"
        assert not talking.card.vanished
