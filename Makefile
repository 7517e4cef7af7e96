# Sets up a virtual environment when need be, then does what is asked. On Windows see README.md.
# The tests run in two parts: everything but the window with PySide6 blocked, then the window without a screen.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
WORKERS ?= 2

.PHONY: demo test lint types bench clean

demo: $(VENV)/.run
	$(BIN)/qualcode demo

test: $(VENV)/.dev lint types
	@$(BIN)/python -m qualcode.system > /dev/null || $(BIN)/python -c "from qualcode import system; print(system.advice(system.missing_packages()))"
	QUALCODE_WITHOUT_QT=1 $(BIN)/python -m pytest -q -p no:pytest-qt -n $(WORKERS) --ignore tests/ui --ignore tests/journeys
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n $(WORKERS) tests/ui tests/journeys

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: $(VENV)/.dev
	$(BIN)/mypy

bench: $(VENV)/.dev
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks

$(VENV)/.run: pyproject.toml constraints.txt
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'QualCode needs Python 3.11 or newer; say make PYTHON=python3.11')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
