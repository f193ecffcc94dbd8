import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompter.text.likeness import alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Почему баланс отрицательный?", "отрицательный баланс, почему"),
        ("роутер мигает красным", "роутер мигает красным светом"),
        ("не приходит квитанция", "квитанции не приходят"),
        ("баланс отрицательный", "баланс отрицательнй"),
        ("а можно у вас оплатить картой", "Оплатить картой можно?"),
        ("Интернетим иштебей калды", "интернет иштебей калды"),
        ("нет интернета", "интернета нет!!!"),
        ("ӨЗҮ", "озу"),
        ("???", "???"),
    ],
)
def test_alike(one: str, other: str) -> None:
    assert alike([one, other]) == [[0, 1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("сменить тариф", "снизить тариф"),
        ("подключить телефон", "подключить интернет"),
        ("оплата прошла", "оплата не прошла"),
        ("платить до 15 числа", "платить до 50 числа"),
        ("мегабит 100", "мегабит"),
        ("баланс", "баланс отрицательный почему"),
        ("???", "!!!"),
        ("", "да"),
    ],
)
def test_not_alike(one: str, other: str) -> None:
    assert alike([one, other]) == [[0], [1]]


def test_the_most_frequent_wording_comes_first() -> None:
    assert alike(["красный роутер мигает", "другое", "мигает роутер", "мигает роутер"]) == [[2, 0, 3], [1]]


@given(
    st.lists(
        st.sampled_from(["роутер мигает", "мигает роутер красным", "не мигает", "", "15", "х"]), max_size=9
    )
)
def test_everything_stands_in_one_group(sentences: list[str]) -> None:
    assert sorted(index for group in alike(sentences) for index in group) == list(range(len(sentences)))
