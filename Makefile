# Two commands do everything: `make run` and `make test`. Both start from a bare clone.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DATA ?= data
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: run test check lint types imports ingest browser clean help

help: ## list what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

run: $(VENV)/.run ingest ## set up, build the index from seeds/, serve the chat on 127.0.0.1:8000
	$(BIN)/safepassage --data $(DATA) serve --host $(HOST) --port $(PORT)

ingest: $(VENV)/.run
	$(BIN)/safepassage --data $(DATA) ingest seeds

# The tests with a browser measure times: they have the machine to themselves, the others share it.
test: $(VENV)/.test browser ## set up and run every test
	$(BIN)/pytest --numprocesses 2 --dist loadfile --ignore tests/browser
	$(BIN)/pytest tests/browser

check: lint types imports ## lint, types and the import contract

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/hadolint Dockerfile

types: $(VENV)/.test
	$(BIN)/mypy

imports: $(VENV)/.test
	$(BIN)/lint-imports

browser: ## install what the browser and database tests use, where that is allowed
	@scripts/test-tools

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# torch first and by its exact version: where a small CPU build is offered under that version,
# pip takes it, and nothing that follows asks for another.
$(VENV)/.run: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet "torch==2.13.0"
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.test: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --editable ".[test,training]"
	touch $@

clean: ## remove the environment and the index
	rm -rf $(VENV) $(DATA)
