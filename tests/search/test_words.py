import pytest

from prompter.search.words import fitting


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Үч мүнөт", "уч мунот"),  # plainly typed Kyrgyz
        ("Үч мүнөт", "мүн"),
        ("Ёлка", "елка"),
        ("Тариф «Люкс»", "люкс тар"),
        ("Тариф", "nfhba"),  # the other layout
        ("cаламатта", "саламатта"),  # a Latin letter that looks the same
    ],
)
def test_beginnings_are_found_however_they_are_typed(text: str, query: str) -> None:
    assert fitting([text, "другое"], query, lambda one: [one]) == [text]


def test_every_typed_word_has_to_begin_one() -> None:
    assert fitting(["Үч мүнөт"], "үч саат", lambda one: [one]) == []
    assert fitting(["Үч мүнөт"], "нөт", lambda one: [one]) == []
