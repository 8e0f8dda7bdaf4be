"""Settings read from the environment: understood, or refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.config.environment import SettingRefused, database, flag, listed, openid_providers

HOME = Path("/var/lib/goldthread")


def test_without_an_address_records_are_one_sqlite_file_in_the_home_folder() -> None:
    chosen = database("", HOME)
    assert chosen["NAME"] == "/var/lib/goldthread/goldthread.sqlite3"
    assert chosen["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in chosen["OPTIONS"]["init_command"]


def test_an_address_of_sqlite() -> None:
    assert database("sqlite:////srv/plan%20one.sqlite3", HOME)["NAME"] == "/srv/plan one.sqlite3"


def test_an_address_of_postgresql() -> None:
    chosen = database("postgresql://gold:a%40b@db.example:5433/thread?sslmode=require", HOME)
    given = {key: chosen[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}
    assert given == {
        "NAME": "thread",
        "USER": "gold",
        "PASSWORD": "a@b",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_socket_of_postgresql() -> None:
    assert database("postgresql://postgres:@/postgres?host=/run/pg", HOME)["HOST"] == "/run/pg"


def test_another_database_is_refused() -> None:
    with pytest.raises(SettingRefused, match="names mysql"):
        database("mysql://localhost/thread", HOME)


@pytest.mark.parametrize(("given", "meant"), [("yes", True), (" TRUE ", True), ("0", False), ("", None)])
def test_a_yes_or_a_no(monkeypatch: pytest.MonkeyPatch, given: str, meant: bool | None) -> None:
    monkeypatch.setenv("GOLDTHREAD_TRIED", given)
    for default in (True, False):
        assert flag("GOLDTHREAD_TRIED", default=default) is (default if meant is None else meant)


def test_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLDTHREAD_TRIED", "a.example, b.example,")
    assert listed("GOLDTHREAD_TRIED", "") == ["a.example", "b.example"]


def test_half_an_identity_provider_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLDTHREAD_OIDC_SERVER", "https://login.example/")
    monkeypatch.delenv("GOLDTHREAD_OIDC_CLIENT", raising=False)
    with pytest.raises(SettingRefused, match="GOLDTHREAD_OIDC_CLIENT is missing"):
        openid_providers()
