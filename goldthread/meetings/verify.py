"""Recompute every seal of boards, and name each row that does not bear out its own."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model

from goldthread.audit import vault
from goldthread.audit.verify import register
from goldthread.core.governance.references import gaps
from goldthread.core.problems import Problem
from goldthread.core.text import seal_of, text_seal
from goldthread.meetings.models import (
    ActionNews,
    Appendix,
    Correction,
    Counter,
    Decision,
    MinutesVersion,
    Pack,
    PaperReturn,
    PaperVersion,
    Recommendation,
    Reliance,
    SignOff,
    Terms,
)
from goldthread.meetings.papers import version_text
from goldthread.meetings.registers import decision_seal
from goldthread.meetings.texts import text_of_form
from goldthread.plans.seals import seal_kept
from goldthread.plans.verify import rows_as_recorded


def paper_versions() -> Iterator[Problem]:
    """Every paper that was handed in and no longer says what was sealed."""
    for version in PaperVersion.objects.select_related("paper").iterator(chunk_size=200):
        where = f"Paper version {version.pk}, version {version.number} of paper {version.paper.slug}"
        try:
            words = text_seal(version_text(version))
        except (TypeError, ValueError, KeyError, AttributeError):
            words = ""
        if words != version.text_seal:
            yield Problem(where, "Its words are not those that were handed in.", "paper-altered")
        elif seal_of([words, version.header, version.appendices]) != version.seal:
            yield Problem(where, "Its header or attachments are not as handed in.", "paper-altered")


def minutes_versions() -> Iterator[Problem]:
    """Every version of minutes that is not as it was circulated, approved or published."""
    for version in MinutesVersion.objects.select_related("minutes__meeting__board").iterator(chunk_size=200):
        if seal_of([version.form, version.attendance]) != version.seal:
            yield Problem(f"Minutes version {version.pk}, {version}", "It was altered.", "minutes-altered")


def terms() -> Iterator[Problem]:
    """All terms of reference that are not as they were adopted."""
    for row in Terms.objects.select_related("board").iterator(chunk_size=200):
        text = text_of_form(row.form, title="Terms of reference")
        if row.seal not in (text_seal(text), text_seal(text_of_form(row.form, title=row.board.name))):
            yield Problem(f"Terms {row.pk} of {row.board}", "They were altered.", "terms-altered")


def decisions() -> Iterator[Problem]:
    """Every decision that is not as it was taken, and every number of a register that was skipped."""
    taken = Decision.objects.filter(serial__isnull=False).prefetch_related("relied_on")
    for decision in taken.iterator(chunk_size=200):
        if decision_seal(decision, decision.relied_on.all()) != decision.seal:
            yield Problem(
                f"Decision {decision.pk}, {decision.reference}", "It is not as taken.", "decision-altered"
            )
    for counter in Counter.objects.select_related("register"):
        rows = Decision.objects.filter(register=counter.register_id, period=counter.period)
        serials = sorted(serial for serial in rows.values_list("serial", flat=True) if serial)
        where = f"Register “{counter.register}” {counter.period}".strip()
        if serials and serials[-1] != counter.last:
            yield Problem(where, f"The last number given was {counter.last}.", "register-altered")
        for missing in gaps(serials, serials[0] if serials else 1):
            yield Problem(where, f"Number {missing} is missing.", "register-gap")


def packs() -> Iterator[Problem]:
    """Every pack whose contents are not what was frozen."""
    for pack in Pack.objects.select_related("meeting__board").iterator(chunk_size=50):
        if seal_of(pack.contents) != pack.seal:
            yield Problem(f"Pack {pack.pk}, {pack}", "It does not hold what was frozen.", "pack-altered")


def files() -> Iterator[Problem]:
    """Every file that a paper or a pack relies on and that is not kept."""
    kept = Appendix.objects.exclude(sha256="").values_list("pk", "sha256")
    yield from vault.missing((f"Appendix {pk}", seal) for pk, seal in kept.iterator())
    built = Pack.objects.exclude(sha256="").values_list("pk", "sha256")
    yield from vault.missing((f"Pack {pk}", seal) for pk, seal in built.iterator())


def seal_recorded(row: Model) -> str:
    """The seal by which the record knows a row: a decision by its own, any other by what it says."""
    return row.seal if isinstance(row, Decision) else seal_kept(row)


KEPT = (
    PaperVersion.objects.all,
    Recommendation.objects.all,
    PaperReturn.objects.all,
    lambda: SignOff.objects.filter(answered_at__isnull=False),
    MinutesVersion.objects.all,
    ActionNews.objects.all,
    lambda: Decision.objects.filter(serial__isnull=False),
    Reliance.objects.all,
    Correction.objects.all,
)
"""Every row of boards that is kept as it was written and named in the record."""


def record_of_rows() -> Iterator[Problem]:
    """Every kept row of boards that is not as the record knows it."""
    return rows_as_recorded("meetings", KEPT, seal_recorded)


def register_own() -> None:
    """Let ``goldthread verify`` recompute every seal of boards."""
    for name, check in (
        ("paper versions", paper_versions),
        ("minutes", minutes_versions),
        ("terms of reference", terms),
        ("decisions", decisions),
        ("packs", packs),
        ("the files of boards", files),
        ("the record of boards", record_of_rows),
    ):
        register(name, check)
