"""How long a plan runs: Police Reform and Social Responsibility Act 2011 s.7(3) and (7)."""

from __future__ import annotations

from datetime import date


def financial_year_end(day: date) -> date:
    """The 31 March on or after a date."""
    end = date(day.year, 3, 31)
    return end if day <= end else date(day.year + 1, 3, 31)


def plan_runs_to(next_election: date) -> date:
    """The last day of the financial year in which the next expected ordinary election is held."""
    return financial_year_end(next_election)
