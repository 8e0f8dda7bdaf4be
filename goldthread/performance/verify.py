"""Recompute every seal of performance, and name each row that does not bear out its own."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.audit import vault
from goldthread.audit.verify import register
from goldthread.core.problems import Problem
from goldthread.performance.actions.approving import release_seal
from goldthread.performance.definitions import definition_seal
from goldthread.performance.loading.standing import figures_seal
from goldthread.performance.models import (
    Break,
    Commitment,
    Definition,
    Identification,
    Load,
    Narrative,
    Rebase,
    Release,
    RuleChoice,
    ShownChart,
)
from goldthread.performance.shown import chart_seal
from goldthread.plans.seals import seal_kept
from goldthread.plans.verify import rows_as_recorded


def definitions() -> Iterator[Problem]:
    """Every definition that is not as it was checked."""
    for row in Definition.objects.checked().select_related("measure").iterator(chunk_size=200):
        if definition_seal(row.form) != row.seal:
            words = "It does not say what was checked."
            yield Problem(f"Definition {row.pk}, “{row}”", words, "definition-altered")


def shown_charts() -> Iterator[Problem]:
    """Every chart that is not as it was shown, or that rests on another definition than it says."""
    rows = ShownChart.objects.select_related("measure", "area", "definition")
    for row in rows.iterator(chunk_size=50):
        where = f"Shown chart {row.pk}, “{row}”"
        if chart_seal(row.form) != row.seal:
            yield Problem(where, "It is not as it was shown.", "chart-altered")
        elif row.definition.seal != row.definition_seal:
            yield Problem(where, "Its definition is not the one under which it was shown.", "chart-altered")


def releases() -> Iterator[Problem]:
    """Every release that is not as it was approved, and every number of one that was skipped."""
    expected: dict[tuple[int, int], int] = {}
    rows = Release.objects.select_related("measure", "area").order_by("measure", "area", "number")
    for row in rows.iterator(chunk_size=200):
        where = f"Release {row.pk}, “{row}”"
        if release_seal(row) != row.seal:
            yield Problem(where, "It is not as it was approved.", "release-altered")
        series = row.measure_id, row.area_id
        expected[series] = expected.get(series, 0) + 1
        if row.number != expected[series]:
            yield Problem(where, f"Release {expected[series]} is missing.", "release-missing")
            expected[series] = row.number


def loads() -> Iterator[Problem]:
    """Every load that came to stand and whose figures are not as they were, or whose file is missing."""
    for row in Load.objects.filter(stood_at__isnull=False).iterator(chunk_size=50):
        if figures_seal(row) != row.figures_seal:
            yield Problem(
                f"Load {row.pk}, “{row}”", "Its figures are not those that were loaded.", "load-altered"
            )
    kept = Load.objects.exclude(sha256="").values_list("pk", "sha256")
    yield from vault.missing((f"Load {pk}", seal) for pk, seal in kept.iterator())


KEPT = (
    Definition.objects.checked,
    RuleChoice.objects.all,
    Break.objects.all,
    Narrative.objects.all,
    Commitment.objects.all,
    lambda: Identification.objects.filter(accepted_at__isnull=False),
    ShownChart.objects.all,
    lambda: Rebase.objects.filter(answered_at__isnull=False),
    Release.objects.all,
)
"""Every row of performance that is kept as it was written and named in the record."""


def record_of_rows() -> Iterator[Problem]:
    """Every kept row of performance that is not as the record knows it."""
    return rows_as_recorded("performance", KEPT, seal_kept)


def register_own() -> None:
    """Let ``goldthread verify`` recompute every seal of performance."""
    for name, check in (
        ("definitions of measures", definitions),
        ("charts as shown", shown_charts),
        ("released figures", releases),
        ("loads and their figures", loads),
        ("the record of measures", record_of_rows),
    ):
        register(name, check)
