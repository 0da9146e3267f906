# Every target makes its own environment from nothing but Python 3.11 or later.
PYTHON ?= python3
DEMO_VENV ?= .venv
VENV ?= .venv-test
CORPUS ?=

.PHONY: demo test policies lint bench clean python

demo: $(DEMO_VENV)/.installed
	@mkdir -p build
	@echo '$$ safeguard process samples/demo/inquest.txt -o build/inquest.safe.txt'
	@$(DEMO_VENV)/bin/safeguard process samples/demo/inquest.txt -o build/inquest.safe.txt || test $$? -eq 1
	@echo
	@echo "The safe copy is in build/inquest.safe.txt:"
	@echo
	@cat build/inquest.safe.txt
	@echo
	@echo "To try copy of your own: $(DEMO_VENV)/bin/safeguard check story.txt"

test: $(VENV)/.test
	@echo "Some minutes. A dot is a test that passed; an x is a miss that is known and listed."
	$(VENV)/bin/python -m pytest

# Every bundled policy: no mistake in it, and the examples of its rules hold.
policies: $(VENV)/.test
	for policy in policies/*.yaml; do $(VENV)/bin/safeguard policy test $$policy || exit 1; done

lint: $(VENV)/.dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

# make bench CORPUS=articles.jsonl: one JSON object a line, with `id` and `text`. With --folder samples/dev --html or
# --markdown speed.py times the samples in that format beside the same samples as text.
bench: $(VENV)/.test
	$(VENV)/bin/python tests/benchmark/quality.py
	$(VENV)/bin/python tests/benchmark/speed.py $(CORPUS)

clean:
	rm -rf $(DEMO_VENV) $(VENV) build dist

python:
	@$(PYTHON) -c 'import sys; sys.exit("safeguard needs Python 3.11 or later; try make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'

$(DEMO_VENV)/.installed: pyproject.toml $(shell find safeguard recognizers policies -type f -not -name '*.pyc') | python
	@echo "Installing into $(DEMO_VENV): about a minute, and nothing is printed meanwhile."
	@$(PYTHON) -m venv $(DEMO_VENV)
	@$(DEMO_VENV)/bin/python -m pip install --quiet --force-reinstall --no-deps .
	@$(DEMO_VENV)/bin/python -m pip install --quiet .
	@touch $@

$(VENV)/.test: pyproject.toml | python
	@echo "Installing into $(VENV): about a minute, and nothing is printed meanwhile."
	@$(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/python -m pip install --quiet -e '.[test]'
	@touch $@

$(VENV)/.dev: pyproject.toml | python
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet -e '.[dev]'
	@touch $@ $(VENV)/.test
