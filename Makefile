.PHONY: help check format lint types floors content test bench docs screenshots

PYTHON ?= python

help:            ## List the targets
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

check: lint types floors content test  ## Everything that CI runs

format:          ## Format the code
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

lint:            ## Style, docstrings, complexity
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .

types:           ## mypy, strict
	$(PYTHON) -m mypy

floors:          ## A floor imports only lower ones
	lint-imports

content:         ## Lessons, quizzes, labs and how they fit together
	$(PYTHON) -m sdtutor content check

test:            ## All tests
	$(PYTHON) -m pytest

bench:           ## The table that the README quotes
	$(PYTHON) -m benchmarks

docs:            ## Generated pages: commands and keys
	$(PYTHON) -m sdtutor.cli.reference

screenshots:     ## The pictures of the README, from the real app
	$(PYTHON) docs/screenshots.py
