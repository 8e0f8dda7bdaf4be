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

SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS thread_entry_words USING fts5(title, words, marks, "
    "content='thread_entry', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')",
    "DROP TRIGGER IF EXISTS thread_entry_words_added",
    "DROP TRIGGER IF EXISTS thread_entry_words_gone",
    "DROP TRIGGER IF EXISTS thread_entry_words_changed",
    "CREATE TRIGGER thread_entry_words_added AFTER INSERT ON thread_entry BEGIN "
    "INSERT INTO thread_entry_words(rowid, title, words, marks) "
    "VALUES (NEW.id, NEW.title, NEW.words, NEW.marks); END",
    "CREATE TRIGGER thread_entry_words_gone AFTER DELETE ON thread_entry BEGIN "
    "INSERT INTO thread_entry_words(thread_entry_words, rowid, title, words, marks) "
    "VALUES ('delete', OLD.id, OLD.title, OLD.words, OLD.marks); END",
    "CREATE TRIGGER thread_entry_words_changed AFTER UPDATE OF id, title, words, marks ON thread_entry BEGIN "
    "INSERT INTO thread_entry_words(thread_entry_words, rowid, title, words, marks) "
    "VALUES ('delete', OLD.id, OLD.title, OLD.words, OLD.marks); "
    "INSERT INTO thread_entry_words(rowid, title, words, marks) "
    "VALUES (NEW.id, NEW.title, NEW.words, NEW.marks); END",
)


def _folded(column: str) -> str:
    """SQL for a column without accents and with a space for every sign, as FTS5 reads it too."""
    bare = f"regexp_replace(normalize({column}::text, NFKD), U&'[\\0300-\\036F]', '', 'g')"
    return f"regexp_replace({bare}, '[^[:alnum:]]+', ' ', 'g')"


_TITLE = f"to_tsvector('english', {_folded('title')})"
_WORDS = f"to_tsvector('english', {_folded('words')})"
_MARKS = "array_to_tsvector(string_to_array('=' || replace(marks, ' ', ' ='), ' '))"

POSTGRESQL = (
    f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS named tsvector "
    f"GENERATED ALWAYS AS ({_TITLE} || {_MARKS}) STORED",
    f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS said tsvector "
    f"GENERATED ALWAYS AS (setweight({_TITLE}, 'A') || setweight({_WORDS}, 'C') || {_MARKS}) STORED",
    f"CREATE INDEX IF NOT EXISTS {INDEX}_named ON {TABLE} USING gin (named)",
    f"CREATE INDEX IF NOT EXISTS {INDEX}_said ON {TABLE} USING gin (said)",
)


def restore(using: str = "default") -> None:
    """Make what finds words, where it is missing, once the table of entries is there."""
    connection = connections[using]
    if TABLE in connection.introspection.table_names():
        with connection.cursor() as cursor:
            for statement in POSTGRESQL if connection.vendor == "postgresql" else SQLITE:
                cursor.execute(statement)


def made_anew(connection: BaseDatabaseWrapper) -> None:
    """Let SQLite read every entry again; PostgreSQL's columns cannot be wrong."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO thread_entry_words(thread_entry_words) VALUES ('rebuild')")


def in_step(connection: BaseDatabaseWrapper) -> bool:
    """Whether the index agrees with the entries: FTS5 compares itself with them word by word."""
    if connection.vendor != "sqlite":
        return True
    check = "INSERT INTO thread_entry_words(thread_entry_words, rank) VALUES ('integrity-check', 1)"
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(check)
    except DatabaseError:
        return False
    return True
