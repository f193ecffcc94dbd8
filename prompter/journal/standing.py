"""What stands now, as its events: what a new file is begun with when the old one breaks or is taken away."""

from __future__ import annotations

from collections.abc import Iterable

from prompter.call.events import PROMISE, Event, GapNoted, StatusSet
from prompter.journal.batch import Batch, Contact, Note

Live = frozenset[tuple[str, str]]


class Standing:
    """The events of every live call, promise and gap, with the people and the words they name."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._contacts: dict[str, Contact] = {}
        self._notes: dict[str, Note] = {}
        self._live: Live = frozenset()

    def recovered(self, events: Iterable[Event], live: Live) -> None:
        """What a start read back."""
        self._events, self._live = list(events), live

    def know(self, contacts: Iterable[Contact] = (), notes: Iterable[Note] = ()) -> None:
        """People and words that were read; they are kept as long as something live names them."""
        self._contacts.update((one.id, one) for one in contacts)
        self._notes.update((one.id, one) for one in notes)

    def follow(self, batch: Batch) -> None:
        """A batch was handed in."""
        self._events += batch.events
        self.know(batch.contacts, batch.notes)
        if batch.live is not None:
            over, self._live = self._live - batch.live, batch.live
            if over:
                self._forget()

    def named(self, field: str) -> set[str]:
        """The ids in this field (`contact`, `note`) of the events."""
        return {getattr(event.body, field, "") for event in self._events} - {""}

    def batch(self) -> Batch:
        """All of it in one piece."""
        self._forget()
        return Batch(
            tuple(self._events), tuple(self._contacts.values()), tuple(self._notes.values()), self._live
        )

    def _forget(self) -> None:
        """Let go of what is over."""
        last_status = next((e for e in reversed(self._events) if isinstance(e.body, StatusSet)), None)
        self._events = [e for e in self._events if e is last_status or _belongs(e, self._live)]
        people, words = self.named("contact"), self.named("note")
        self._contacts = {id_: one for id_, one in self._contacts.items() if id_ in people}
        self._notes = {id_: one for id_, one in self._notes.items() if id_ in words}


def _belongs(event: Event, live: Live) -> bool:
    """Whether a start would read the event: the same choice as `queries.RECOVER` makes."""
    body = event.body
    return (
        ("call", event.call) in live
        or (body.STREAM == PROMISE and ("promise", getattr(body, "promise", "")) in live)
        or (isinstance(body, GapNoted) and ("gap", body.gap) in live)
    )
