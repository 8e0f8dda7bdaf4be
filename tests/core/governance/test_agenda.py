"""The numbers of an agenda: in order at first, pinned once published."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.core.governance.agenda import ItemStyle, Scheme, SubStyle, number_items

DECIMAL = Scheme(ItemStyle.DECIMAL, SubStyle.BRACKETS)
PLAIN = Scheme(ItemStyle.PLAIN, SubStyle.LETTER)
POINT = Scheme(ItemStyle.DECIMAL, SubStyle.POINT)


@pytest.mark.parametrize(
    ("depths", "scheme", "start", "numbers"),
    [
        ((1, 1, 1), DECIMAL, 1, "1.0 2.0 3.0"),
        ((1, 2, 2, 1), DECIMAL, 9, "9.0 9(a) 9(b) 10.0"),
        ((1, 2, 2, 1), PLAIN, 4, "4 4a 4b 5"),
        ((1, 2, 2, 1), POINT, 5, "5.0 5.1 5.2 6.0"),
        ((2, 2, 1, 2), DECIMAL, 1, "1.0 2.0 3.0 3(a)"),
        ((), DECIMAL, 1, ""),
        (
            (1, *[2] * 28),
            PLAIN,
            1,
            "1 " + " ".join(f"1{c}" for c in [*"abcdefghijklmnopqrstuvwxyz", "aa", "ab"]),
        ),
    ],
)
def test_numbers_follow_the_order(depths: tuple[int, ...], scheme: Scheme, start: int, numbers: str) -> None:
    assert number_items(depths, scheme, start) == tuple(numbers.split())


@pytest.mark.parametrize(
    ("depths", "scheme", "pinned", "numbers"),
    [
        ((1, 1, 1), DECIMAL, {0: "7.0", 1: "8.0"}, "7.0 8.0 9.0"),
        ((1, 1, 1, 1), DECIMAL, {0: "8.0", 3: "9.0"}, "8.0 8.0A 8.0B 9.0"),
        ((1, 1, 1), PLAIN, {0: "8", 2: "9"}, "8 8A 9"),
        ((1, 1, 1, 1), DECIMAL, {0: "8.0", 2: "8.0A", 3: "9.0"}, "8.0 8.0B 8.0A 9.0"),
        ((1, 1, 1), DECIMAL, {2: "1.0"}, "A1.0 B1.0 1.0"),
        ((1, 2, 2, 2, 1), DECIMAL, {0: "9.0", 1: "9(a)", 3: "9(b)", 4: "10.0"}, "9.0 9(a) 9(c) 9(b) 10.0"),
        ((1, 2, 2, 1), POINT, {0: "9.0", 1: "9.1", 3: "10.0"}, "9.0 9.1 9.2 10.0"),
        ((1, 1, 2, 1), DECIMAL, {0: "8.0", 3: "9.0"}, "8.0 8.0A 8A(a) 9.0"),
        ((1, 2, 1, 1), PLAIN, {0: "8", 1: "8a", 3: "9"}, "8 8a 8B 9"),
        ((1, 1), DECIMAL, {0: "2.0", 1: "1.0"}, "2.0 1.0"),
        ((1, 1, 2), DECIMAL, {0: "1.0", 1: "2.0", 2: "1(a)"}, "1.0 2.0 1(a)"),
    ],
)
def test_what_was_published_stays(
    depths: tuple[int, ...], scheme: Scheme, pinned: dict[int, str], numbers: str
) -> None:
    assert number_items(depths, scheme, pinned=pinned) == tuple(numbers.split())


@pytest.mark.parametrize(
    ("depths", "pinned", "says"),
    [
        ((1, 3), {}, "depth"),
        ((1,), {1: "1.0"}, "not on the agenda"),
        ((1, 1), {0: "8.0a", 1: "8.0A"}, "same number"),
    ],
)
def test_what_cannot_be_numbered_is_refused(
    depths: tuple[int, ...], pinned: dict[int, str], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        number_items(depths, DECIMAL, pinned=pinned)


schemes = st.builds(Scheme, st.sampled_from(ItemStyle), st.sampled_from(SubStyle))
agendas = st.lists(st.integers(1, 2), max_size=12)


@settings(max_examples=60, deadline=None)
@given(agendas, schemes, st.integers(1, 30))
def test_never_two_the_same(depths: list[int], scheme: Scheme, start: int) -> None:
    numbers = number_items(depths, scheme, start)
    assert len({number.casefold() for number in numbers}) == len(depths)


@pytest.mark.slow
@given(agendas, schemes, st.data())
def test_reissues_pin_what_went_before(depths: list[int], scheme: Scheme, data: st.DataObject) -> None:
    """Reason for slow: a hundred agendas, each published four times."""
    items = list(zip(depths, number_items(depths, scheme), strict=True))
    for _ in range(3):
        places = data.draw(st.lists(st.integers(0, len(items)), max_size=3))
        now: list[tuple[int, str]] = list(items)
        for place in sorted(places, reverse=True):
            now.insert(place, (data.draw(st.integers(1, 2)), ""))
        pinned = {place: number for place, (_, number) in enumerate(now) if number}
        numbers = number_items([depth for depth, _ in now], scheme, pinned=pinned)
        assert all(numbers[place] == number for place, number in pinned.items())
        assert len({number.casefold() for number in numbers}) == len(now)
        items = [(depth, number) for (depth, _), number in zip(now, numbers, strict=True)]
