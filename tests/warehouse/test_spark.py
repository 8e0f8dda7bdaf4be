"""Spark gives the very series, limits and verdicts that DuckDB gives, on real and on made-up records."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from goldthread.core.spc.values import Better
from goldthread.warehouse.engines import Engine, NoEngine, engine
from goldthread.warehouse.expressions import Level, completed, conformed, counts, rates
from goldthread.warehouse.kernel import ASSURANCES, VARIATIONS, judge_rows
from goldthread.warehouse.series import Asked, came, monthly
from goldthread.warehouse.verdicts import judge_in_place
from tests.warehouse.archive import HOMES, Part, cambridgeshire, crime, month, parts_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark")]
URL = "spark://local[2]"
KINDS = ("Burglary", "Drugs")
Archive = tuple[Path, tuple[Part, ...]]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Two years of Cambridgeshire's records, one month of them never sent."""
    root = tmp_path_factory.mktemp("real")
    parts = cambridgeshire(root, since=date(2024, 1, 1))
    return root, tuple(part for part in parts if part.month != date(2024, 8, 1))


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Two forces over two years, with months missing, empty months and records that lie nowhere."""
    root = tmp_path_factory.mktemp("made-up")
    chance = np.random.default_rng(5)
    came_in = [("cambridgeshire", month(at)) for at in range(24) if at != 5]
    came_in += [("norfolk", month(at)) for at in range(2, 22)]
    records = []
    for force, at in came_in:
        place = {
            "lsoa": f"{force}-1",
            "district": next(area for area, home in HOMES.items() if home == force),
        }
        burglaries = int(chance.poisson(40 if force == "norfolk" and at > month(15) else 15))
        records += [crime(at, force=force, **place)] * burglaries
        records += [crime(at, "Drugs", force=force, lsoa=None, district=None)] * int(chance.poisson(1.5))
    return root, parts_of(root, records, came_in)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One session for the module: it takes 5 to 16 seconds to start."""
    with engine(URL, tmp_path_factory.mktemp("spark")) as opened:
        yield opened


def on_both(spark: Engine, root: Path) -> Iterator[Engine]:
    """DuckDB, then the running Spark over the same folder."""
    with engine("duckdb", root) as duck:
        yield duck
    with engine(URL, root) as shared:
        assert shared._session is spark._session
        yield shared


@pytest.mark.parametrize(
    ("archive", "asked"),
    [
        ("real", {"level": Level.DISTRICT, "by": None, "where": {"crime_type": KINDS}}),
        ("made_up", {"level": Level.FORCE, "categories": KINDS}),
    ],
)
def test_the_same_series_limits_and_verdicts(
    spark: Engine, archive: str, asked: Mapping[str, Any], request: pytest.FixtureRequest
) -> None:
    """Reason for slow: Spark's own start, and its Python workers'."""
    root, parts = request.getfixturevalue(archive)
    areas = {"level": Level.FORCE} if asked["level"] is Level.FORCE else {"homes": HOMES, "areas": [*HOMES]}
    how: dict[str, Any] = {"better": Better.DOWN, "target": 20.0, "rebases": [12], "fix_after": 12}
    found = []
    for opened in on_both(spark, root):
        what = Asked(**{**areas, **asked})
        found.append((monthly(opened, parts, what), judge_in_place(opened, parts, what, **how)))
    (dense, ours), (other, theirs) = found
    assert (dense.areas, dense.categories, dense.months) == (other.areas, other.categories, other.months)
    assert np.array_equal(dense.values, other.values, equal_nan=True)
    assert np.array_equal(dense.states, other.states)
    assert ours.table.equals(theirs.table)
    judged = judge_rows(dense.values, **how)
    assert theirs.table["variation"].to_pylist() == [VARIATIONS[code].value for code in judged.variations]
    assert theirs.table["assurance"].to_pylist() == [ASSURANCES[code].value for code in judged.assurances]
    assert theirs.table["specials"].to_pylist() == [row.tobytes() for row in judged.specials]
    for line in ("mean", "lpl", "upl"):
        assert np.array_equal(theirs.table[line].to_numpy(), judged.limits[line][:, -1], equal_nan=True), line
    assert judged.specials.any()


def test_the_same_rates(spark: Engine, made_up: Archive) -> None:
    """Reason for slow: as above. Series completed and divided in the engine, in both."""
    root, parts = made_up
    answers = []
    for opened in on_both(spark, root):
        records = opened.records([root / part.path for part in parts])
        forces, months = [*came(parts)], [month(at) for at in range(4)]
        series = completed(
            counts(conformed(records), Level.FORCE),
            opened.known(pa.table({"area": forces, "force": forces})),
            opened.known(pa.table({"category": list(KINDS)})),
            opened.known(pa.table({"month": pa.array(months, pa.date32())})),
            opened.known(
                pa.table(
                    {
                        "force": [part.force for part in parts],
                        "month": pa.array([part.month for part in parts], pa.date32()),
                    }
                )
            ),
        )
        people = pa.table(
            {"area": forces, "year": pa.array([2024] * 2, pa.int32()), "people": [850_000.0, 0.0]}
        )
        table = opened.arrow(rates(series, opened.known(people), per=1000))
        answers.append(table.sort_by([(name, "ascending") for name in ("area", "category", "month")]))
    assert answers[0].equals(answers[1])
    assert 0 < answers[0]["rate"].null_count < len(answers[0])


def test_nothing_listens_beyond_loopback_and_nothing_is_said(spark: Engine, made_up: Archive) -> None:
    """Reason for slow: as above. Java runs as a child of this process."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        spark.arrow(spark.known(pa.table({"a": [1]})))
    listening = _listening(_descendants(os.getpid()))
    assert listening
    assert listening <= {"127.0.0.1", "::1", "::ffff:127.0.0.1"}
    assert spark._session.conf.get("spark.sql.session.timeZone") == "UTC"
    assert spark._session.sparkContext.uiWebUrl is None


@pytest.mark.parametrize(
    ("gone", "words"), [("java", "Spark needs Java 17"), ("pyspark", "goldthread\\[spark\\]")]
)
def test_what_is_missing_is_said(
    gone: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reason for slow: none; it stands with the rest of Spark."""
    if gone == "java":
        monkeypatch.delenv("JAVA_HOME", raising=False)
        monkeypatch.setenv("PATH", str(tmp_path))
    else:
        monkeypatch.setattr("goldthread.warehouse.spark.find_spec", lambda name: None)
    with pytest.raises(NoEngine, match=words):
        engine(URL, tmp_path)


def _descendants(parent: int) -> set[int]:
    """Every process below one, by what Linux says of its threads."""
    found: set[int] = set()
    waiting = [parent]
    while waiting:
        for children in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            new = set(map(int, children.read_text().split())) - found
            found |= new
            waiting += new
    return found


def _listening(processes: set[int]) -> set[str]:
    """The addresses at which any of these processes accepts connections over TCP."""
    sockets = set()
    for process in processes:
        for handle in Path(f"/proc/{process}/fd").glob("*"):
            try:
                sockets.add(os.readlink(handle))
            except OSError:
                continue
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in sockets:
                found.add(_address(fields[1].partition(":")[0]))
    return found


def _address(hexadecimal: str) -> str:
    words = [bytes.fromhex(hexadecimal[at : at + 8])[::-1] for at in range(0, len(hexadecimal), 8)]
    packed = b"".join(words)
    if len(packed) == 4:
        return ".".join(map(str, packed))
    if packed[:12] == b"\0" * 10 + b"\xff\xff":
        return "::ffff:" + ".".join(map(str, packed[12:]))
    return "::1" if packed == b"\0" * 15 + b"\1" else packed.hex()
