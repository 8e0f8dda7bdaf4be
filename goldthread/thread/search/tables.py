"""What the database keeps beside the entries so that words are found: FTS5 here, a text vector there.

Both follow the table of entries by themselves: on SQLite by triggers, on PostgreSQL as generated
columns. Nothing in Python writes to them, so they cannot fall out of step with the rows. Django
rebuilds a table to alter it on SQLite, which loses its triggers, so they are made again after
every `migrate`.
"""

from __future__ import annotations

from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "thread_entry"
INDEX = "thread_entry_words"
NAMES = "thread_entry_names"
"""On SQLite, the titles and marks alone: a word that is common in texts is rare in titles."""

_TOKENS = "tokenize='porter unicode61 remove_diacritics 2'"
SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS thread_entry_words USING fts5(title, words, marks, "
    f"content='thread_entry', content_rowid='id', {_TOKENS})",
    "CREATE VIRTUAL TABLE IF NOT EXISTS thread_entry_names USING fts5(title, marks, "
    f"content='thread_entry', content_rowid='id', {_TOKENS})",
    "DROP TRIGGER IF EXISTS thread_entry_added",
    "DROP TRIGGER IF EXISTS thread_entry_gone",
    "DROP TRIGGER IF EXISTS thread_entry_changed",
    "CREATE TRIGGER thread_entry_added AFTER INSERT ON thread_entry BEGIN "
    "INSERT INTO thread_entry_words(rowid, title, words, marks) "
    "VALUES (NEW.id, NEW.title, NEW.words, NEW.marks); "
    "INSERT INTO thread_entry_names(rowid, title, marks) VALUES (NEW.id, NEW.title, NEW.marks); END",
    "CREATE TRIGGER thread_entry_gone AFTER DELETE ON thread_entry BEGIN "
    "INSERT INTO thread_entry_words(thread_entry_words, rowid, title, words, marks) "
    "VALUES ('delete', OLD.id, OLD.title, OLD.words, OLD.marks); "
    "INSERT INTO thread_entry_names(thread_entry_names, rowid, title, marks) "
    "VALUES ('delete', OLD.id, OLD.title, OLD.marks); END",
    "CREATE TRIGGER thread_entry_changed AFTER UPDATE OF id, title, words, marks ON thread_entry BEGIN "
    "INSERT INTO thread_entry_words(thread_entry_words, rowid, title, words, marks) "
    "VALUES ('delete', OLD.id, OLD.title, OLD.words, OLD.marks); "
    "INSERT INTO thread_entry_names(thread_entry_names, rowid, title, marks) "
    "VALUES ('delete', OLD.id, OLD.title, OLD.marks); "
    "INSERT INTO thread_entry_words(rowid, title, words, marks) "
    "VALUES (NEW.id, NEW.title, NEW.words, NEW.marks); "
    "INSERT INTO thread_entry_names(rowid, title, marks) VALUES (NEW.id, NEW.title, NEW.marks); END",
)
REBUILT = (
    "INSERT INTO thread_entry_words(thread_entry_words) VALUES ('rebuild')",
    "INSERT INTO thread_entry_names(thread_entry_names) VALUES ('rebuild')",
)
CHECKED = (
    "INSERT INTO thread_entry_words(thread_entry_words, rank) VALUES ('integrity-check', 1)",
    "INSERT INTO thread_entry_names(thread_entry_names, rank) VALUES ('integrity-check', 1)",
)


def _folded(column: str) -> str:
    """SQL for a column without accents and with a space for every sign, as FTS5 reads it too."""
    bare = f"regexp_replace(normalize({column}::text, NFKD), U&'[\\0300-\\036F]', '', 'g')"
    return f"regexp_replace({bare}, '[^[:alnum:]]+', ' ', 'g')"


_TITLE = f"to_tsvector('english', {_folded('title')})"
_WORDS = f"to_tsvector('english', {_folded('words')})"
_MARKS = "array_to_tsvector(string_to_array('=' || replace(marks, ' ', ' ='), ' '))"

SHELF = "CASE kind WHEN 'update' THEN 0 WHEN 'action' THEN 1 WHEN 'milestone' THEN 1 ELSE 2 END"
"""On PostgreSQL, which group of kinds an entry belongs to: `looking.GROUPS` in their order."""

POSTGRESQL = (
    f"ALTER TABLE {TABLE} ADD COLUMN named tsvector GENERATED ALWAYS AS ({_TITLE} || {_MARKS}) STORED",
    f"ALTER TABLE {TABLE} ADD COLUMN said tsvector "
    f"GENERATED ALWAYS AS (setweight({_TITLE}, 'A') || setweight({_WORDS}, 'C') || {_MARKS}) STORED",
    f"CREATE INDEX {INDEX}_named ON {TABLE} USING gin (named)",
    f"CREATE INDEX {INDEX}_said ON {TABLE} USING gin (said)",
    f"CREATE INDEX {INDEX}_newest ON {TABLE} (({SHELF}), id)",
)


def restore(using: str = "default") -> None:
    """Make what finds words, where it is missing, once the table of entries is there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        if connection.vendor == "sqlite":
            wanted = SQLITE
        else:
            columns = connection.introspection.get_table_description(cursor, TABLE)
            wanted = () if "said" in {column.name for column in columns} else POSTGRESQL
        for statement in wanted:
            cursor.execute(statement)


def made_anew(connection: BaseDatabaseWrapper) -> None:
    """Let SQLite read every entry again; PostgreSQL's columns cannot be wrong."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for statement in REBUILT:
                cursor.execute(statement)


def in_step(connection: BaseDatabaseWrapper) -> bool:
    """Whether the index agrees with the entries: FTS5 compares itself with them word by word."""
    if connection.vendor != "sqlite":
        return True
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in CHECKED:
                cursor.execute(statement)
    except DatabaseError:
        return False
    return True
