"""``goldthread spc FILE``: control charts and funnels of a series or of cases, with no database."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from goldthread.core.spc.answers import Answer, answer
from goldthread.core.spc.inputs import listed
from goldthread.core.spc.rulesets import PLOT_THE_DOTS, named
from goldthread.core.spc.values import Advice, Better
from goldthread.files.spc_dates import day_of
from goldthread.files.spc_file import CaseFile, SeriesFile, Unreadable, read_spc_file
from goldthread.files.spc_series import Asked, series_answer
from goldthread.files.spc_words import words_of

FINE, PROBLEMS, COULD_NOT = 0, 1, 2
NOT_JSON = "the case holds NaN or an infinity, which JSON does not have: write null for a missing number"
CASES_TELL = "The file holds cases, which say themselves what they ask for; leave the other options out."


@dataclass(frozen=True, slots=True)
class Answered:
    """One case with its answer, or the words that say why it has none; labels and values for its table."""

    name: object
    answer: Answer | None
    fault: str = ""
    labels: tuple[str, ...] = ()
    values: tuple[object, ...] = ()


def run_spc(arguments: argparse.Namespace) -> int:
    """Answer a file: exit 0 all answered, 1 a case could not be, 2 the file could not be read."""
    path: Path = arguments.file
    try:
        asked = _asked(arguments)
        read = read_spc_file(path)
        answered = _answered(read, asked, path)
    except Unreadable as refused:
        return _could_not(path, refused.problems)
    except ValueError as error:
        return _could_not(path, [f"{error}"])
    except OSError as fault:
        return _could_not(path, [fault.strerror or str(fault)])
    text = _json(answered) if arguments.json else "\n".join(map(_words, answered))
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.flush()
    return PROBLEMS if any(one.answer is None for one in answered) else FINE


def results(cases: Sequence[object], shared: Mapping[str, object]) -> list[dict[str, object]]:
    """What the command prints for cases: each with its id and its result."""
    return [_printed(one) for one in _answer_cases(CaseFile(tuple(cases), shared))]


def _could_not(path: Path, reasons: Sequence[object]) -> int:
    print(f"{path.name} was not charted.", *reasons, sep="\n", file=sys.stderr)
    return COULD_NOT


def _asked(arguments: argparse.Namespace) -> Asked:
    days = [(word, day_of(word)) for word in arguments.rebase]
    for word, day in days:
        if day is None:
            raise ValueError(f"--rebase {word} is not a date: write 2024-01-31")
    if arguments.target is not None and not math.isfinite(arguments.target):
        raise ValueError("--target is not a number that can be met")
    rules = named(arguments.rules) if arguments.rules else PLOT_THE_DOTS
    better = Better(arguments.better) if arguments.better else None
    rebases = tuple(day for _, day in days if day is not None)
    return Asked(arguments.chart or "", rules, better, arguments.target, rebases)


def _answered(read: CaseFile | SeriesFile, asked: Asked, path: Path) -> list[Answered]:
    if isinstance(read, CaseFile):
        if asked != Asked():
            raise ValueError(CASES_TELL)
        return list(_answer_cases(read))
    labels = tuple(day.isoformat() for day in read.days)
    return [Answered(path.stem, series_answer(read, asked), "", labels, read.values)]


def _answer_cases(file: CaseFile) -> Iterator[Answered]:
    """Every case with an answer or a fault: a bad one does not stop the others."""
    for place, case in enumerate(file.cases, 1):
        name = case.get("id", place) if isinstance(case, Mapping) else place
        name = name if isinstance(name, str | int) else str(name)[:100]
        given = case.get("input") if isinstance(case, Mapping) else None
        if not isinstance(given, Mapping):
            yield Answered(name, None, "the case has no input, or one that is not an object")
            continue
        if _has_no_number(given):
            yield Answered(name, None, NOT_JSON)
            continue
        try:
            yield Answered(name, answer(given, file.shared), "", *_labels(given))
        except (ValueError, OverflowError) as error:
            yield Answered(name, None, str(error))


def _has_no_number(given: object) -> bool:
    """Whether NaN or an infinity stands anywhere in a case."""
    waiting = [given]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, float) and not math.isfinite(thing):
            return True
        if isinstance(thing, Mapping):
            waiting.extend(thing.values())
        elif isinstance(thing, list):
            waiting.extend(thing)
    return False


def _labels(given: Mapping[str, object]) -> tuple[tuple[str, ...], tuple[object, ...]]:
    """What names the points of a case in its table: days or areas; and its values."""
    name = "group" if "group" in given else "dates"
    return tuple(map(str, listed(given.get(name), name))), tuple(listed(given.get("values"), "values"))


def _printed(one: Answered) -> dict[str, object]:
    """A case as it is printed: advice stands in a result that has keys, beside one that is a list."""
    if one.answer is None:
        return {"id": one.name, "result": {"error": one.fault}}
    words = [advice.words for advice in one.answer.advice]
    if isinstance(one.answer.result, dict):
        return {"id": one.name, "result": {**one.answer.result, "advice": words}}
    return {"id": one.name, "result": one.answer.result, "advice": words}


def _json(answered: Sequence[Answered]) -> str:
    whole = {"cases": [_printed(one) for one in answered]}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False) + "\n"


def _words(one: Answered) -> str:
    if one.answer is None:
        return words_of(str(one.name), Answer("", (Advice("error", one.fault),)), (), ())
    return words_of(str(one.name), one.answer, one.labels, one.values)
