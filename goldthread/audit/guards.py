"""Sealed rows stay as they are: triggers that refuse UPDATE and DELETE, on SQLite and PostgreSQL alike.

An app declares a guard in a migration:

    Guard("edition", when="OLD.sealed_at IS NOT NULL", allow=("stage",))
    Guard("decision", always=True)
    Guard("pin", when=<SQL about OLD>, adding=<SQL about NEW: rows that may no longer be added>)

Django rebuilds a whole table to alter it on SQLite, which loses its triggers, and a column added
later is unknown to a trigger made before; so after every `migrate` each guard is made again from
the migrations that declared it. `problems` names any that is missing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.models import Model

from goldthread.core.problems import Problem


class Guard(Operation):
    """Refuse changes to the rows of a model.

    `when` is SQL about OLD that is true of a sealed row (it may look into other tables);
    `always=True` seals every row from the moment it is written. `allow` names the fields that may
    still change in a sealed row. `adding` is SQL about NEW that is true of a row which may not be
    added, or made out of another row. A second guard on one model replaces the first.
    """

    reduces_to_sql = True
    reversible = True
    category = OperationCategory.SQL

    def __init__(
        self,
        model_name: str,
        *,
        when: str = "",
        always: bool = False,
        allow: tuple[str, ...] = (),
        adding: str = "",
    ) -> None:
        if bool(when) == always:
            raise ValueError("A guard says either when a row is sealed, or that it always is.")
        self.model_name = model_name
        self.when = when
        self.always = always
        self.allow = tuple(allow)
        self.adding = adding

    def deconstruct(self) -> tuple[str, list[str], dict[str, Any]]:
        given = {"when": self.when, "always": self.always, "allow": self.allow, "adding": self.adding}
        return type(self).__qualname__, [self.model_name], {name: v for name, v in given.items() if v}

    def describe(self) -> str:
        return f"Guard the sealed rows of {self.model_name}"

    @property
    def migration_name_fragment(self) -> str:
        return f"guard_{self.model_name.lower()}"

    def state_forwards(self, app_label: str, state: Any) -> None:
        """A guard changes no model."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        for statement in self.statements(schema_editor.connection, model):
            schema_editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        for statement in removal(schema_editor.connection, model._meta.db_table):
            schema_editor.execute(statement, params=None)

    def statements(self, connection: BaseDatabaseWrapper, model: type[Model]) -> Iterator[str]:
        """The SQL that puts this guard in place, removing any that was there before."""
        table = model._meta.db_table
        yield from removal(connection, table)
        write = _postgresql if connection.vendor == "postgresql" else _sqlite
        distinct = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
        sealed = f"({self.when})" if self.when else "(1 = 1)"
        columns = [
            connection.ops.quote_name(field.column)
            for field in model._meta.concrete_fields
            if field.name not in self.allow and field.attname not in self.allow
        ]
        changed = " OR ".join(f"NEW.{column} {distinct} OLD.{column}" for column in columns)
        held = f"({sealed} OR ({self.adding}))" if self.adding else sealed
        name = _name(table)
        what = str(model._meta.verbose_name)
        yield from write(
            f"{name}_update", table, "UPDATE", f"{held} AND ({changed})", f"this {what} may not change"
        )
        yield from write(f"{name}_delete", table, "DELETE", sealed, f"this {what} may not be removed")
        if self.adding:
            yield from write(
                f"{name}_insert", table, "INSERT", f"({self.adding})", f"no {what} may be added here any more"
            )
        if connection.vendor == "postgresql":
            yield from _postgresql_truncate(name, table, what)


def _name(table: str) -> str:
    """A guard's name: the table's, shortened within PostgreSQL's 63 characters."""
    name = f"guard_{table}"
    return name if len(name) <= 50 else f"{name[:40]}_{hashlib.sha256(table.encode()).hexdigest()[:8]}"


def _sqlite(name: str, table: str, verb: str, condition: str, message: str) -> Iterator[str]:
    yield (
        f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" FOR EACH ROW WHEN {condition} '
        f"BEGIN SELECT RAISE(ABORT, 'sealed: {message}'); END"
    )


def _postgresql(name: str, table: str, verb: str, condition: str, message: str) -> Iterator[str]:
    then = "RETURN OLD" if verb == "DELETE" else "RETURN NEW"
    yield (
        f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN '
        f"IF {condition} THEN RAISE EXCEPTION 'sealed: {message}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; {then}; END $guard$"
    )
    yield (f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()')


def _postgresql_truncate(name: str, table: str, what: str) -> Iterator[str]:
    yield (
        f'CREATE FUNCTION "{name}_truncate"() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN '
        f"RAISE EXCEPTION 'sealed: every {what} may not be removed at once' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END $guard$"
    )
    yield (
        f'CREATE TRIGGER "{name}_truncate" BEFORE TRUNCATE ON "{table}" '
        f'FOR EACH STATEMENT EXECUTE FUNCTION "{name}_truncate"()'
    )


def removal(connection: BaseDatabaseWrapper, table: str) -> Iterator[str]:
    """The SQL that takes a table's guard away, if it has one."""
    for verb in ("update", "delete", "insert", "truncate"):
        name = f"{_name(table)}_{verb}"
        if connection.vendor == "postgresql":
            yield f'DROP FUNCTION IF EXISTS "{name}"() CASCADE'
        elif verb != "truncate":
            yield f'DROP TRIGGER IF EXISTS "{name}"'


def declared(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], Guard]:
    """Every guard that an applied migration declares, by app label and model name; the last one counts."""
    loader = MigrationLoader(connection)
    plan: list[tuple[str, str]] = []
    for leaf in loader.graph.leaf_nodes():
        plan += [node for node in loader.graph.forwards_plan(leaf) if node not in plan]
    found = {}
    for node in plan:
        if node in loader.applied_migrations:
            for operation in loader.graph.nodes[node].operations:
                if isinstance(operation, Guard):
                    found[node[0], operation.model_name.lower()] = operation
    return found


def restore(apps: Apps, using: str) -> None:
    """Make every declared guard again, from the models as they now are; called after `migrate`."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for (label, name), guard in declared(connection).items():
            for statement in guard.statements(connection, apps.get_model(label, name)):
                cursor.execute(statement)


def problems(apps: Apps, using: str = "default") -> Iterator[Problem]:
    """A problem for each declared guard that the database does not have in full."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {name for (name,) in cursor.fetchall()}
    for (label, name), guard in declared(connection).items():
        model = apps.get_model(label, name)
        for verb in ("update", "delete", *(("insert",) if guard.adding else ())):
            if f"{_name(model._meta.db_table)}_{verb}" not in present:
                what = str(model._meta.verbose_name_plural)
                yield Problem(what, f"The guard that refuses to {verb} them is missing.", "guard-missing")
