"""Give the demonstration office its measures, by the same actions as a person would use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from goldthread.meetings.demonstration import load as meetings
from goldthread.meetings.demonstration.cast import People, on
from goldthread.meetings.models import Decision, Meeting
from goldthread.people.models import Body
from goldthread.performance.actions.approving import approve_figures
from goldthread.performance.actions.breaks import mark_break
from goldthread.performance.actions.frameworks import set_group
from goldthread.performance.actions.identifying import accept_identification, commit_to_measures, identify
from goldthread.performance.actions.measures import adopt_shipped, make_theme
from goldthread.performance.actions.narratives import write_narrative
from goldthread.performance.actions.rebasing import approve_rebase, ask_rebase
from goldthread.performance.actions.reporting import report_to_board
from goldthread.performance.demonstration.deliveries import deliver
from goldthread.performance.demonstration.words import Entry, told
from goldthread.performance.models import Area, BreakKind, Commitment, Measure
from goldthread.performance.queries import series_of
from goldthread.performance.shown import chart_seal, form_now
from goldthread.plans.models import Document, Placement

FIRST, LATER = date(2019, 5, 20), date(2026, 2, 2)


def load(*, at: datetime) -> None:
    """The whole demonstration office: people, plans, board and meetings, then what it measures."""
    meetings.load(at=at)
    Telling(People(Body.objects.get(slug="cambridgeshire")), told(), at).tell()


class Telling:
    """Tells what the office measured, from the promise of April 2019 to the day it is loaded."""

    def __init__(self, people: People, words: Entry, now: datetime) -> None:
        self._people, self._words, self._now = people, words, now
        self._body = people.body
        self._analyst, self._keeper = people["analyst"], people["governance-officer"]
        self._measures: dict[str, Measure] = {}

    def tell(self) -> None:
        """Promise, define, load, identify; then re-base, say what it means, release and report."""
        self.begin()
        self.go_on()

    def begin(self) -> None:
        """What was promised in April 2019, and the first figures that were loaded for it."""
        commitment = self._promise()
        self._adopt(FIRST, lambda key: key.startswith("street-") and not key.endswith("-rate"))
        self._deliver([entry for entry in self._words["delivery"] if entry["on"] < LATER])
        self._identify(commitment)

    def go_on(self) -> None:
        """What was loaded, re-based, said, released and reported since 2026."""
        self._adopt(LATER, lambda key: key not in self._measures)
        self._deliver([entry for entry in self._words["delivery"] if entry["on"] >= LATER])
        self._compare()
        self._rebase()
        self._narrate()
        self._release()
        self._report()

    @property
    def _area(self) -> Area:
        return Area.objects.get(code=self._words["force"]["code"])

    def _promise(self) -> Commitment:
        said = self._words["commitment"]
        held = Meeting.objects.get(board__body=self._body, on=said["meeting"])
        decision = Decision.objects.get(meeting=held, title=said["decision"])
        self._plan: Document = Document.objects.get(body=self._body, title__contains="2017")
        placed = Placement.objects.filter(edition=self._plan.editions.latest("pk"))
        found = placed.filter(version__title__in=said["priorities"])
        self._sections = dict(found.values_list("version__title", "key"))
        return commit_to_measures(
            decision=decision,
            plan=self._plan,
            priorities=tuple(self._sections.values()),
            words=said["words"],
            due=said["due"],
            by=self._keeper,
            at=on(said["made"]),
        )

    def _adopt(self, day: date, wanted: Callable[[str], bool]) -> None:
        for position, entry in enumerate(self._words["theme"]):
            keys = [key for key in entry["measures"] if wanted(key)]
            if not keys:
                continue
            theme = make_theme(
                body=self._body, name=entry["name"], position=position, by=self._analyst, at=on(day)
            )
            for key in keys:
                self._measures[key] = adopt_shipped(
                    body=self._body, key=key, theme=theme, by=self._keeper, at=on(day, 11)
                )

    def _deliver(self, entries: list[Entry]) -> None:
        for entry in sorted(entries, key=lambda each: each["on"]):
            deliver(self._body, entry, self._words["force"]["code"], by=self._analyst, at=on(entry["on"], 14))

    def _identify(self, commitment: Commitment) -> None:
        edition = self._plan.editions.latest("pk")
        for entry in self._words["identified"]:
            row = identify(
                measure=self._measures[entry["measure"]],
                edition=edition,
                section_key=self._sections[entry["priority"]],
                why=entry["why"],
                commitment=commitment,
                by=self._analyst,
                at=on(date(2019, 6, 10)),
            )
            accept_identification(
                identification=row,
                decision=commitment.decision,
                by=self._people["chief-executive"],
                at=on(date(2019, 6, 27)),
            )

    def _compare(self) -> None:
        said = self._words["group"]
        members = Area.objects.filter(name__in=said["members"])
        set_group(
            body=self._body,
            area=self._area,
            members=tuple(members),
            starts=said["starts"],
            source=said["source"],
            by=self._analyst,
            at=on(date(2026, 2, 6)),
        )

    def _rebase(self) -> None:
        said, area = self._words["rebase"], self._area
        for key in said["measures"]:
            mark_break(
                body=self._body,
                kind=BreakKind.GAP,
                period=said["gap_from"],
                until=said["gap_until"],
                words=said["break"],
                source=said["source"],
                measure=self._measures[key],
                area=area,
                by=self._analyst,
                at=on(date(2026, 2, 6), 15),
            )
            asked = ask_rebase(
                measure=self._measures[key],
                area=area,
                first_period=said["period"],
                reason=said["reason"],
                by=self._analyst,
                at=on(date(2026, 2, 9)),
            )
            approve_rebase(
                rebase=asked,
                answer=said["answer"],
                by=self._people["chief-executive"],
                at=on(date(2026, 2, 16)),
            )
        late = self._words["asked"]
        ask_rebase(
            measure=self._measures[late["measure"]],
            area=area,
            first_period=late["period"],
            reason=late["reason"],
            by=self._analyst,
            at=self._now - timedelta(days=3),
        )

    def _narrate(self) -> None:
        for entry in self._words["narrative"]:
            measure = self._measures[entry["measure"]]
            last = series_of(measure, self._area).periods[-1]
            write_narrative(
                measure=measure,
                area=self._area,
                period=last,
                words=entry["words"],
                by=self._analyst,
                at=on(date(2026, 2, 17)),
            )

    def _release(self) -> None:
        for key in self._words["release"]["measures"]:
            measure = self._measures[key]
            seen = chart_seal(form_now(series_of(measure, self._area)))
            approve_figures(
                measure=measure,
                area=self._area,
                seen=seen,
                by=self._people["chief-executive"],
                at=on(date(2026, 2, 20)),
            )

    def _report(self) -> None:
        """To the meeting that is being prepared; then the last months of one return are revised."""
        today = localdate(self._now)
        coming = Meeting.objects.filter(board__body=self._body, on__gte=today).order_by("on").first()
        if coming is None:
            return
        for key in self._words["reported"]["measures"]:
            report_to_board(
                measure=self._measures[key],
                area=self._area,
                meeting=coming,
                by=self._analyst,
                at=self._now - timedelta(days=2),
            )
        first = next(each for each in self._words["delivery"] if each.get("provisional"))
        final = {**first, "file": first["file"].replace("-first", ""), "provisional": False}
        deliver(
            self._body,
            final,
            self._words["force"]["code"],
            by=self._analyst,
            at=self._now - timedelta(days=1),
        )
