# 信鉴 · two commands: `make run` shows it, `make test` proves it. Everything else serves these two.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
PY := $(VENV)/bin/python
PYTEST := $(PY) -m pytest
# One process a core, at most four; a file stays in one process, for its fixtures' sake.
BESIDE := -n auto --maxprocesses 4 --dist loadfile

.PHONY: run test lint unit pages browser machine bench lock licences clean

run: $(VENV)/run.stamp
	$(PY) cli.py demo --if-empty
	$(PY) cli.py refresh || test $$? -eq 1
	$(PY) cli.py serve --port $(PORT)

test: lint unit pages browser
	@echo "全部检查通过"

lint: $(VENV)/test.stamp
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(VENV)/bin/lint-imports
	$(PY) -m mypy
	$(PY) -m tests.licences --check

unit: $(VENV)/test.stamp machine
	$(PYTEST) $(BESIDE) -m "not page and not browser"

pages: $(VENV)/test.stamp machine
	$(PYTEST) $(BESIDE) -m page

browser: $(VENV)/test.stamp machine
	$(PYTEST) -m browser

# Chromium, a Chinese font and PostgreSQL: already there, else from apt, else Playwright's own; else one sentence and a failure.
machine: $(VENV)/test.stamp
	$(PY) -m tests.machine

# The pinned requirements, with hashes. Run after editing a *.in file.
lock: $(VENV)/test.stamp
	$(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.txt
	$(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.txt
	$(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-bench.in -o requirements-bench.txt
	$(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-peers.in -o requirements-peers.txt

licences: $(VENV)/test.stamp
	$(PY) -m tests.licences --write

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 或更高版本，这里是 " + sys.version.split()[0] + "；请安装后用 make PYTHON=python3.11 重试" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/test.stamp: requirements-dev.txt $(VENV)/run.stamp
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

bench: $(VENV)/bench.stamp
	$(PY) -m bench

$(VENV)/bench.stamp: requirements-bench.txt $(VENV)/run.stamp
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .hypothesis .import_linter_cache
