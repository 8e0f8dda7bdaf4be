"""``goldthread spc`` with a series: every form offices keep one in, and words for what cannot be read."""

from __future__ import annotations

import argparse
import json
import math
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from goldthread.core.spc.rulesets import RULE_SETS, RuleSet
from goldthread.files.command import CHARTS as NAMES
from goldthread.files.command import add_commands
from goldthread.files.spc_dates import day_of
from goldthread.files.spc_series import CHARTS

COUNTS = [412, 398, 405, 421, 377, 402, 415, 390, 408, 399, 411, 403, 396, 420, 388]
MONTHS = [f"{2023 + at // 12}-{at % 12 + 1:02d}" for at in range(len(COUNTS))]
PLAIN = "date,value\n" + "".join(f"{month}-01,{count}\n" for month, count in zip(MONTHS, COUNTS, strict=True))


def _run(path: Path, *words: str) -> int:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    arguments = parser.parse_args(["spc", str(path), *words])
    return int(arguments.run(arguments))


@pytest.fixture
def charted(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Any:
    """A file's one result as JSON."""

    def chart(content: str | bytes, *words: str, name: str = "burglary.csv", code: int = 0) -> Any:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        assert _run(path, "--json", *words) == code
        (case,) = json.loads(capsysbinary.readouterr().out)["cases"]
        assert case["id"] == ("burglary" if name.endswith(".csv") else case["id"])
        return case["result"]

    return chart


@pytest.fixture
def refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """The lines that say why a file could not be read."""

    def lines(content: str | bytes, *words: str, name: str = "burglary.csv") -> list[str]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        assert _run(path, "--json", *words) == 2
        said = capsys.readouterr()
        assert said.out == ""
        first, *rest = said.err.splitlines()
        assert first == f"{name} was not charted."
        return rest

    return lines


def test_a_series_has_the_shape_of_plot_the_dots(charted: Any) -> None:
    result = charted(PLAIN, "--better", "down", "--target", "500")
    (group,) = result["groups"]
    assert group["mean"] == pytest.approx(sum(COUNTS) / len(COUNTS))
    assert (result["variation_icon"], result["assurance_type"]) == ("common_cause", "consistent_pass")
    assert len(result["points"]["special_cause_type"]) == len(COUNTS)
    assert result["advice"] == []


def _with(separator: str, months: list[str], numbers: list[str]) -> str:
    rows = [f"{month}{separator}{number}" for month, number in zip(months, numbers, strict=True)]
    return "\r\n".join([f"Month{separator}Count", *rows, ""])


BRITISH = [f"01/{month[5:]}/{month[:4]}" for month in MONTHS]
WORDS = [date.fromisoformat(month + "-01").strftime("%B %Y") for month in MONTHS]
SAME = {
    "byte-order mark": b"\xef\xbb\xbf" + PLAIN.encode(),
    "utf-16": PLAIN.encode("utf-16"),
    "utf-16 without a mark": PLAIN.encode("utf-16-le"),
    "windows-1252": PLAIN.replace("value", "value,place\xe9").replace("\n", ",\n").encode("cp1252"),
    "semicolons and CRLF": _with(";", BRITISH, [str(count) for count in COUNTS]),
    "tabs and months in words": _with("\t", WORDS, [str(count) for count in COUNTS]),
    "months": _with(",", MONTHS, [str(count) for count in COUNTS]),
    "blank lines": PLAIN.replace("\n", "\n\n"),
    "quotes": _with(",", [f'"{month}"' for month in MONTHS], [f'"{count}"' for count in COUNTS]),
}


@pytest.mark.parametrize("form", SAME)
def test_every_form_of_the_same_series_is_the_same(charted: Any, form: str) -> None:
    assert charted(SAME[form]) == charted(PLAIN)


@pytest.mark.parametrize("written", ["1,234", "1 234", "1\u00a0234", "1234.0", "+1234"])
def test_thousand_separators(charted: Any, written: str) -> None:
    first = PLAIN.replace("2023-01-01,412", f'2023-01-01,"{written}"')
    assert charted(first)["groups"] == charted(PLAIN.replace(",412", ",1234"))["groups"]


def test_a_blank_is_missing_and_a_zero_is_not(charted: Any) -> None:
    blank = charted(PLAIN.replace("2023-05-01,377", "2023-05-01,"))
    assert blank["groups"][0]["n_limits"] == 14
    assert blank["points"]["relative_to_mean"][4] is None
    assert charted(PLAIN.replace("-05-01,377", "-05-01,0"))["groups"][0]["n_limits"] == 15


def test_what_was_taken_to_be_so_is_said(charted: Any) -> None:
    headless = charted(PLAIN.split("\n", 1)[1])
    assert headless["advice"][0].startswith("The file has no headings")
    lines = PLAIN.splitlines()
    backwards = charted("\n".join([lines[0], *lines[:0:-1]]))
    assert backwards["advice"] == ["The rows were put in the order of their dates."]
    assert backwards["points"] == charted(PLAIN)["points"]
    named = charted(PLAIN.replace("value", "Burglary"))
    assert named["advice"] == ["The figures were read from the column headed Burglary."]


SHARES = "date,numerator,denominator\n" + "".join(
    f"{month}-01,{count},{1000 + at}\n" for at, (month, count) in enumerate(zip(MONTHS, COUNTS, strict=True))
)


def test_a_share_gets_a_primed_p_chart(charted: Any) -> None:
    result = charted(SHARES)
    assert "the chart is P′" in result["advice"][0]
    assert result["cl"][0] == pytest.approx(sum(COUNTS) / sum(1000 + at for at in range(len(COUNTS))))
    assert set(result) >= {"y", "lcl", "ucl", "lcl_2sigma", "part", "sigma_signal", "runs_signal", "n_useful"}


def test_a_rate_gets_a_primed_u_chart(charted: Any) -> None:
    result = charted(SHARES.replace("2023-02-01,398,1001", "2023-02-01,3980,1001"))
    assert "the chart is U′" in result["advice"][0]


def test_the_chart_asked_for_is_drawn(charted: Any) -> None:
    plain, primed = charted(SHARES, "--chart", "p"), charted(SHARES)
    assert plain["cl"] == primed["cl"]
    assert plain["ucl"] != primed["ucl"]
    assert charted(PLAIN, "--chart", "c")["ucl"][0] == pytest.approx(403 + 3 * math.sqrt(403), abs=1e-3)
    assert charted(PLAIN, "--chart", "run")["lcl"] == [None] * 15


def test_a_denominator_of_zero_counts_for_nothing_and_is_said(charted: Any) -> None:
    result = charted(SHARES.replace("398,1001", "398,0"))
    assert result["y"][1] is None
    assert result["cl"][0] == pytest.approx((sum(COUNTS) - 398) / (sum(range(1000, 1015)) - 1001))
    assert any("Nothing to divide by at point 2" in words for words in result["advice"])


def test_dates_alone_make_a_t_chart(charted: Any) -> None:
    days = "\n".join(["event", "2023-01-05", "2023-01-05", "2023-02-01", "2023-04-20"])
    result = charted(days)
    assert result["y"] == pytest.approx([0.5, 27, 78])


def test_months_without_a_row_are_named(charted: Any) -> None:
    gap = charted(PLAIN.replace("2023-05-01,377\n", "").replace("2023-11-01,411\n", ""))
    assert gap["advice"][0].startswith("There is no row for May 2023, November 2023:")
    quarters = "date,value\n2023-03-31,5\n2023-06-30,6\n2023-12-31,4\n2024-03-31,5\n"
    assert "September 2023:" in charted(quarters)["advice"][0]
    days = "date,value\n2023-03-03,50\n2023-03-04,60\n2023-05-09,40\n"
    assert not any("no row" in words for words in charted(days)["advice"])


def test_a_rebase_starts_limits_afresh(charted: Any) -> None:
    assert [group["n"] for group in charted(PLAIN, "--rebase", "01/07/2023")["groups"]] == [6, 9]
    assert charted(SHARES, "--rebase", "2023-07-01")["part"] == [1] * 6 + [2] * 9
    absent = charted(SHARES, "--rebase", "2023-07-02")
    assert any("No point falls on 2023-07-02" in words for words in absent["advice"])


def test_rule_sets_by_name(charted: Any) -> None:
    step = [*[10, 14] * 5, *[13, 13.5] * 5]
    rows = "date,value\n" + "".join(f"2024-01-{at:02d},{value}\n" for at, value in enumerate(step, 1))
    assert charted(rows)["groups"] != charted(rows, "--rules", "autospc")["groups"]
    assert "7 Points Above CL" in charted(rows)["points"]["special_cause_type"]
    assert "8 Points Above CL" in charted(rows, "--rules", "autospc")["points"]["special_cause_type"]


@pytest.mark.parametrize("rules", RULE_SETS, ids=lambda rules: rules.name)
def test_every_rule_set_can_be_asked_for(charted: Any, rules: RuleSet) -> None:
    assert charted(PLAIN, "--rules", rules.name)["groups"][0]["n"] == 15


def test_a_constant_series_has_limits_and_a_word(charted: Any) -> None:
    flat = "date,value\n" + "".join(f"{month}-01,40\n" for month in MONTHS)
    result = charted(flat)
    assert (result["groups"][0]["lpl"], result["groups"][0]["upl"]) == (40, 40)
    assert result["advice"]


def test_a_direction_that_nobody_gave_is_said_where_it_matters(charted: Any) -> None:
    assert charted(PLAIN)["advice"] == []
    assert charted(PLAIN, "--target", "500")["advice"][0].startswith("Higher was taken to be better")
    high = PLAIN.replace("03-01,388", "03-01,900")
    assert charted(high)["advice"][0].startswith("Higher was taken to be better")
    assert charted(high, "--better", "down")["variation_icon"] == "concern_high"
    assert charted(high, "--better", "down")["advice"] == []


def test_a_target_is_held_against_any_limits(charted: Any) -> None:
    assert charted(SHARES, "--target", "0.9")["assurance_type"] == "consistent_fail"
    assert charted(SHARES, "--target", "0.9", "--better", "down")["assurance_type"] == "consistent_pass"


BAD_ROWS = """date,value
2024-01-01,5
31/31/2024,7
2024-03-01,six
2024-01-01,3
45000,3
,4
2024-06-01,1,234
2024-07-01,1.2.3
2024-08-01,(12)
2024-09-01,£12
"""


def test_every_bad_row_is_named(refused: Any) -> None:
    lines = refused(BAD_ROWS)
    assert [line.split(":")[0] for line in lines] == [f"row {at}" for at in range(3, 12)]
    assert "Excel" in lines[3]
    assert "row 2" in lines[2]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"\x00\x01\x02PK\x00", "not text"),
        (b"\xff\xfe\x00", "broken"),
        ("date,value\n", "no figures"),
        ("when,what,why\n2024-01-01,2,3\n", "headed date"),
        ("date,a,b\n2024-01-01,2,3\n", "date,numerator,denominator"),
        ("date,numerator,denominator\n2024-01-01,-2,3\n", "below zero"),
        ('date,value\n2024-01-01,"5\n', "split into columns"),
        ("date,value\n2024-01-01,1e300\n", "beyond any figure"),
        ("{", "not JSON"),
        ('{"case": []}', "not of the form"),
        ("[1, 2]", "not of the form"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(refused: Any, content: str | bytes, words: str) -> None:
    assert words in "\n".join(refused(content))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--rules", "mine"], "plot-the-dots"),
        (["--rebase", "soon"], "--rebase soon"),
        (["--target", "nan"], "--target"),
        (["--chart", "p"], "denominator"),
    ],
)
def test_options_that_cannot_be_met_say_why(refused: Any, options: list[str], words: str) -> None:
    assert words in "\n".join(refused(PLAIN, *options))


def test_a_missing_file_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tmp_path / "none.csv") == 2
    assert "No such file" in capsys.readouterr().err


@pytest.mark.parametrize("chart", CHARTS)
def test_every_chart_can_be_asked_for(charted: Any, chart: str) -> None:
    assert charted(SHARES, "--chart", chart)
    assert tuple(CHARTS) == NAMES


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        ("2024-02-29T00:00:00", date(2024, 2, 29)),
        ("2024/02", date(2024, 2, 1)),
        ("3/4/2024", date(2024, 4, 3)),
        ("03.04.24", date(2024, 4, 3)),
        ("29-02-2024 00:00", date(2024, 2, 29)),
        ("04/2024", date(2024, 4, 1)),
        ("3 April 2024", date(2024, 4, 3)),
        ("3rd Apr 2024", date(2024, 4, 3)),
        ("Apr-24", date(2024, 4, 1)),
        ("Sept 2024", date(2024, 9, 1)),
        ("1-Jan-24", date(2024, 1, 1)),
    ],
)
def test_british_dates(written: str, day: date) -> None:
    assert day_of(written) == day


@pytest.mark.parametrize(
    "written", ["", "2024", "2023-02-29", "13/13/2024", "Smarch 2024", "45000", "2024 Q1", "٣/٤/2024"]
)
def test_what_is_no_date(written: str) -> None:
    assert day_of(written) is None
