"""Groups callers' sentences that say about the same.

Two sentences are alike when most of their words are: the same word, another form of it, or a slip away. Small
words do not count. A negation or number in only one of them keeps them apart: «платить до 15» is not «платить
до 50», though no measure of letters would tell them apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from msgspec import Struct

from prompter.text.endings import same_word
from prompter.text.folding import words
from prompter.text.smallwords import SMALL

_MOST = 0.6
"""The share of the longer sentence's words that the other must have."""
_SLIP = 80.0
"""From this likeness of letters on (per cent) a word counts as another one with a slip."""
_BEGINNING = 4
"""The least number of letters that two forms of a word share."""
_NOT = frozenset(("не", "нет", "ни", "без", "эмес", "жок"))


class _Key(Struct, frozen=True):
    """What is compared of a sentence: its words, and what must be the same."""

    words: frozenset[str]
    same: frozenset[str]


def alike(sentences: Sequence[str]) -> list[list[int]]:
    """The indexes of sentences that belong together; each group begins with its most frequent wording.

    Groups and their members are in the order of the sentences. None is left out; a sentence without letters
    is compared as it is.
    """
    same: dict[_Key, list[int]] = defaultdict(list)
    for index, sentence in enumerate(sentences):
        same[_key(sentence)].append(index)
    vocabulary = _Vocabulary(sorted({word for key in same for word in key.words}))
    groups: list[tuple[_Key, list[int]]] = []
    having: dict[str, list[int]] = defaultdict(list)  # the groups whose first wording has a word
    for key in sorted(same, key=lambda one: (-len(same[one]), same[one][0])):
        at = _nearest(key, groups, having, vocabulary)
        if at is None:
            for word in key.words:
                having[word].append(len(groups))
            groups.append((key, list(same[key])))
        else:
            groups[at][1].extend(same[key])
    return sorted(([members[0], *sorted(members[1:])] for _, members in groups), key=min)


def _key(sentence: str) -> _Key:
    folded = words(sentence)
    meant = [word for word in folded if word not in SMALL and word not in _NOT] or folded
    numbers = {word for word in meant if any(letter.isdigit() for letter in word)}
    kept = numbers | {"не"} if _NOT.intersection(folded) else numbers
    return _Key(frozenset(meant) or frozenset((sentence,)), frozenset(kept))


def _nearest(
    key: _Key, groups: list[tuple[_Key, list[int]]], having: dict[str, list[int]], vocabulary: _Vocabulary
) -> int | None:
    """The group that a sentence belongs to, if any."""
    shared: Counter[int] = Counter()
    for word in key.words:
        shared.update({at for near in vocabulary.near(word) for at in having.get(near, ())})
    best, found = _MOST, None
    for at, count in shared.items():
        first = groups[at][0]
        share = count / max(len(first.words), len(key.words))
        if first.same == key.same and share >= best:
            best, found = share, at
    return found


class _Vocabulary:
    """Which words are forms of each other or slips."""

    def __init__(self, known: list[str]) -> None:
        self._known = known
        self._begun: dict[str, list[str]] = defaultdict(list)
        self._near: dict[str, set[str]] = {}
        for word in known:
            self._begun[word[:_BEGINNING]].append(word)

    def near(self, word: str) -> set[str]:
        """The word itself and those like it."""
        if word not in self._near:
            from rapidfuzz import fuzz, process

            found = process.extract(word, self._known, scorer=fuzz.ratio, score_cutoff=_SLIP, limit=None)
            self._near[word] = {one[0] for one in found} | {
                other for other in self._begun[word[:_BEGINNING]] if same_word(word, other, _BEGINNING)
            }
        return self._near[word]
