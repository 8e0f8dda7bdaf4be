# make demo   serve the demonstration office on http://127.0.0.1:8000/
# make test   run every check and test, on SQLite and on PostgreSQL
# make bench  measure speed beside named peers
# make check  run only the checks of style and structure
# make clean  remove what was built; the demonstration's records in var/ stay

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
BIN := .venv/bin
INSTALLED := .venv/.installed
TEST_INSTALLED := .venv/.installed-for-tests

.PHONY: demo test test-sqlite test-postgres bench check clean
.DELETE_ON_ERROR:

demo: $(INSTALLED)
	@$(BIN)/goldthread demo --port $(PORT)

test: $(TEST_INSTALLED) programs test-sqlite test-postgres

test-sqlite: $(TEST_INSTALLED)
	$(BIN)/python -m pytest -n 2 --dist loadgroup --ignore=tests/bench tests

test-postgres: $(TEST_INSTALLED)
	XDG_RUNTIME_DIR="$${XDG_RUNTIME_DIR:-/tmp}" $(BIN)/python -m tests.postgres -n 2 --dist loadgroup --ignore=tests/bench tests

bench: $(TEST_INSTALLED) programs
	@for each in tests/bench/*.py; do echo "== $$each"; $(BIN)/python $$each || exit 1; done

check: $(TEST_INSTALLED)
	$(BIN)/python -m pytest tests/house

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis

$(INSTALLED): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { rm -rf .venv; test "$$(id -u)" = 0 && \
	    apt-get install --quiet=2 --yes python3-venv >/dev/null && $(PYTHON) -m venv .venv; } || { rm -rf .venv; \
	    echo "Python could not make a virtual environment. On Debian: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing what Goldthread needs (once)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(TEST_INSTALLED): pyproject.toml $(INSTALLED)
	@echo "Installing what the tests need (once)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

# The programs that some tests drive. Installed where apt and the right to use it are there; named otherwise.
.PHONY: programs
programs:
	@bash tests/programs.sh
