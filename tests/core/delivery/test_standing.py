"""How work stands on a day, by example and by property."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.core.delivery.standing import (
    ENDED,
    RULES,
    STALE_AFTER,
    Dates,
    Horizon,
    Ownership,
    PromiseStatus,
    Standing,
    horizon,
    is_ownerless,
    is_stale,
    ownership,
    promise,
    silence_words,
    stand,
    tally_words,
)

TODAY = date(2019, 11, 22)
days = st.dates(date(2017, 1, 1), date(2022, 12, 31))
maybe = st.none() | days
dated = st.builds(Dates, maybe, maybe, maybe, maybe, st.booleans())
standings = st.lists(st.sampled_from(Standing), max_size=8)


@pytest.mark.parametrize(
    ("dates", "standing", "words"),
    [
        (
            Dates(date(2019, 9, 30), date(2019, 12, 15)),
            Standing.LATE,
            "Due 30 September, now expected 15 December.",
        ),
        (Dates(date(2019, 9, 30)), Standing.LATE, "Due 30 September, and no new date is given."),
        (
            Dates(date(2019, 9, 30), date(2019, 10, 31)),
            Standing.LATE,
            "Due 30 September; its new date, 31 October, has passed too.",
        ),
        (
            Dates(date(2020, 1, 31), date(2020, 3, 31)),
            Standing.SLIPPING,
            "Due 31 January 2020, now expected 31 March 2020.",
        ),
        (Dates(TODAY), Standing.ON_COURSE, "Due 22 November."),
        (
            Dates(date(2020, 3, 31), starts=date(2020, 1, 6)),
            Standing.NOT_BEGUN,
            "To begin 6 January 2020, due 31 March 2020.",
        ),
        (Dates(), Standing.UNDATED, "Nobody has said by when it is to be done."),
        (Dates(date(2019, 6, 30), finished=date(2019, 6, 30)), Standing.DONE, "Done 30 June."),
        (
            Dates(date(2019, 6, 29), finished=date(2019, 6, 30)),
            Standing.DONE,
            "Done 30 June, 1 day after it was due.",
        ),
        (Dates(date(2019, 6, 30), dropped=True), Standing.DROPPED, "It was dropped."),
        (Dates(forecast=date(2019, 9, 30)), Standing.LATE, "Due 30 September, and no new date is given."),
    ],
)
def test_how_it_stands_and_why(dates: Dates, standing: Standing, words: str) -> None:
    found = stand(dates, TODAY)
    assert (found.standing, found.words) == (standing, words)


@given(dated, days)
def test_what_ended_has_ended_whatever_its_dates(dates: Dates, on: date) -> None:
    assert stand(dates, on).ended is (dates.dropped or dates.finished is not None)


@given(dated, days, st.integers(0, 900))
def test_what_is_late_stays_late_until_it_ends(dates: Dates, on: date, later: int) -> None:
    if stand(dates, on).standing is Standing.LATE:
        assert stand(dates, on + timedelta(days=later)).standing is Standing.LATE


@given(dated, days, days)
def test_a_new_forecast_excuses_nothing(dates: Dates, on: date, forecast: date) -> None:
    moved = Dates(dates.baseline, forecast, dates.finished, dates.starts, dates.dropped)
    if dates.baseline is not None and stand(dates, on).standing is Standing.LATE:
        assert stand(moved, on).standing is Standing.LATE


@given(maybe, days, days, st.integers(0, 900))
def test_silence_only_grows(last: date | None, since: date, on: date, later: int) -> None:
    if is_stale(last, since, on):
        assert is_stale(last, since, on + timedelta(days=later))


@given(days)
def test_a_word_ends_the_silence(on: date) -> None:
    assert not is_stale(on, on - 5 * STALE_AFTER, on)
    assert not is_stale(on - STALE_AFTER, date(2017, 1, 1), on)
    assert is_stale(on - STALE_AFTER - timedelta(days=1), date(2015, 1, 1), on)


def test_a_word_from_before_it_began_is_no_word() -> None:
    assert not is_stale(date(2018, 1, 1), date(2019, 11, 1), TODAY)


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (date(2019, 3, 4), "No update since 4 March"),
        (date(2018, 3, 4), "No update since 4 March 2018"),
        (None, "No update yet"),
    ],
)
def test_silence_is_said(last: date | None, words: str) -> None:
    assert silence_words(last, TODAY) == words


@pytest.mark.parametrize(
    ("office", "holders", "words", "owner", "ownerless"),
    [
        (True, 1, "", Ownership.HELD, False),
        (True, 0, "Head of hub", Ownership.VACANT, True),
        (False, 0, "Victims' Hub", Ownership.OUTSIDE, False),
        (False, 0, "  ", Ownership.NOBODY, True),
    ],
)
def test_whose_it_is(office: bool, holders: int, words: str, owner: Ownership, ownerless: bool) -> None:
    found = ownership(office, holders, words)
    assert (found, is_ownerless(found)) == (owner, ownerless)


@pytest.mark.parametrize(
    ("due", "found"),
    [
        (date(2019, 11, 21), Horizon.OVERDUE),
        (TODAY, Horizon.THIS_MONTH),
        (date(2019, 11, 30), Horizon.THIS_MONTH),
        (date(2019, 12, 1), Horizon.LATER),
        (date(2020, 11, 23), Horizon.LATER),
        (None, Horizon.NO_DATE),
    ],
)
def test_when_it_is_owed(due: date | None, found: Horizon) -> None:
    assert horizon(due, TODAY) is found


@pytest.mark.parametrize(
    ("serving", "how", "status"),
    [
        (0, (), PromiseStatus.NOT_TAKEN_UP),
        (1, (), PromiseStatus.TAKEN_UP),
        (1, (Standing.DONE, Standing.ON_COURSE, Standing.LATE), PromiseStatus.PARTLY_DELIVERED),
        (1, (Standing.DONE, Standing.DROPPED), PromiseStatus.DELIVERED),
        (1, (Standing.DROPPED,), PromiseStatus.STOPPED),
        (2, (Standing.LATE, Standing.ON_COURSE), PromiseStatus.BEHIND),
        (1, (Standing.SLIPPING, Standing.UNDATED), PromiseStatus.UNDER_WAY),
    ],
)
def test_what_became_of_a_promise(serving: int, how: tuple[Standing, ...], status: PromiseStatus) -> None:
    found = promise(serving, how)
    assert found.status is status
    assert (found.word, found.tone, found.rule) == RULES[status]


def test_a_promise_says_its_figures() -> None:
    found = promise(1, (Standing.DONE, Standing.ON_COURSE, Standing.LATE))
    assert found.words == "3 actions: 1 done, 1 on course, 1 late"
    assert promise(1, ()).words == "No actions"


@given(st.integers(0, 3), standings)
def test_a_promise_is_delivered_only_when_every_action_is(serving: int, how: list[Standing]) -> None:
    live = [each for each in how if each is not Standing.DROPPED]
    delivered = promise(serving, how).status is PromiseStatus.DELIVERED
    assert delivered is (bool(live) and all(each is Standing.DONE for each in live))


@given(st.integers(0, 3), standings, st.sampled_from(sorted(set(Standing) - ENDED)))
def test_one_action_left_is_a_promise_not_delivered(
    serving: int, how: list[Standing], left: Standing
) -> None:
    assert promise(serving, [*how, left]).status not in {
        PromiseStatus.DELIVERED,
        PromiseStatus.STOPPED,
        PromiseStatus.NOT_TAKEN_UP,
    }


@given(standings)
def test_every_action_is_counted_once(how: list[Standing]) -> None:
    words = tally_words(Counter(how))
    figures = [int(part) for part in words.replace(":", "").split() if part.isdigit()]
    assert sum(figures[1:]) == (figures[0] if figures else 0) == len(how)
