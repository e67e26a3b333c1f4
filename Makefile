# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
PORT ?= 8000

.PHONY: demo setup dev check test messages clean

demo: setup  ## the sample company: site, chat, desk and worker in one process
	@exec $(BIN)/handdruk demo --port $(PORT)

setup: $(VENV)/.made  ## .venv with the handdruk command

$(VENV)/.made: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Handdruk needs Python 3.11 or newer; say which: make demo PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --editable .
	@touch $@

dev: $(VENV)/.dev  ## and what developing and testing need

$(VENV)/.dev: $(VENV)/.made
	$(INSTALL) --editable '.[dev]'
	@touch $@

check: dev  ## everything that needs no services, in under two minutes
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/pytest tests/unit

test: dev  ## everything
	@sh tests/services.sh
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/pytest tests
	$(BIN)/python tests/with_postgres.py $(BIN)/pytest tests/integration

clean:  ## everything that was made, but not your data
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
