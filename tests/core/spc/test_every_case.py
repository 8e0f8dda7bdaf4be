"""Every worked case of the published packages, through the function behind `goldthread spc FILE --json`.

Sources: cases/SOURCES.md. What cannot equal the published answer is named below and in
docs/reference/spc.md.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from goldthread.files.spc_command import results

FILES = {
    path.name: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "cases").glob("*.json"))
}
CASES = {f"{name}:{case['id']}": (name, case) for name, file in FILES.items() for case in file["cases"]}
ROUNDED = "the ratio was taken before the expected numbers were rounded to the two decimals in the case"
LIMITS = frozenset({"ul99", "ul95", "ll95", "ll99"})
DEFECTS: dict[str, tuple[frozenset[str], str]] = {
    "prc2018_robbery_SHMI": (frozenset({"ratio"}), ROUNDED),
    "prc2018_robbery_unadj": (frozenset({"ratio"}), ROUNDED),
    "prc2018_sexual_offences_SHMI": (frozenset({"ratio"}), ROUNDED),
    "prc2018_sexual_offences_unadj": (frozenset({"ratio"}), ROUNDED),
    "prc2018_bicycle_theft_SHMI": (frozenset({"ratio"}), ROUNDED),
    "prc2018_bicycle_theft_unadj": (frozenset({"ratio"}), ROUNDED),
    "pbi_c": (LIMITS, "the answer has limits set afresh after point 24, which the case does not say"),
    "pbi_s": (LIMITS, "the case holds the sizes of its groups but not their deviations"),
}
"""The keys of an answer that cannot be had from the case, and why."""


def _equal(found: Any, expected: Any, within: float) -> bool:
    """Whether an answer holds all that is expected, its numbers so near (relative above 1)."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(
            name in found and _equal(found[name], value, within) for name, value in expected.items()
        )
    if isinstance(expected, list):
        same = isinstance(found, list) and len(found) == len(expected)
        return same and all(map(_equal, found, expected, [within] * len(expected)))
    if isinstance(expected, int | float) and isinstance(found, int | float):
        return abs(found - expected) <= within * max(1.0, abs(expected) if within < 1e-5 else 1.0)
    return bool(found == expected)


@pytest.mark.parametrize("which", CASES)
def test_case(which: str) -> None:
    """To 1e-6, or where the source itself compares to so many decimals, to half of the last."""
    name, case = CASES[which]
    (answered,) = results([{"id": case["id"], "input": case["input"]}], FILES[name].get("data", {}))
    assert answered["id"] == case["id"]
    found, expected = answered["result"], case["expected"]
    within = 0.5001 * 10.0 ** -case["decimals"] if "decimals" in case else 1e-6
    missing, _ = DEFECTS.get(case["id"], (frozenset(), ""))
    if isinstance(expected, dict):
        wrong = {key for key, value in expected.items() if not _equal(found.get(key), value, within)}
        assert wrong == missing
        assert "advice" in found or "error" in found
    else:
        assert _equal(found, expected, within)
        assert "advice" in answered


def test_all_files_are_read() -> None:
    assert len(CASES) == sum(file["n_cases"] for file in FILES.values()) == 244
