# Two commands do everything: `make run` starts Kith, `make test` checks it. Both set up what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run-is-ready
TEST_STAMP := $(VENV)/.test-is-ready
PORT ?= 8000

.PHONY: run setup setup-test test test-all lint types tasks bench requirements clean

run: $(RUN_STAMP)
	@$(BIN)/kith run --demo --port $(PORT)

setup: $(RUN_STAMP)

setup-test: $(TEST_STAMP)

$(RUN_STAMP): pyproject.toml requirements/run.txt
	@$(PYTHON) tools/check_python.py
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up Kith (a minute or two the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@$(BIN)/python -m kith.standards.build_places
	@$(BIN)/python -m kith.web.build_assets
	@touch $@

$(TEST_STAMP): $(RUN_STAMP) requirements/test.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@sh tools/system_packages.sh
	@touch $@

lint: $(TEST_STAMP)
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check . && echo "lint: clean"

types: $(TEST_STAMP)
	@$(BIN)/mypy src/kith

test: lint
	@$(BIN)/python tools/run_tests.py

test-all: lint
	@$(BIN)/python tools/run_tests.py --all

tasks: $(TEST_STAMP)
	@$(BIN)/python tools/tasks.py $(if $(JSON),--json)

bench: $(TEST_STAMP)
	@for each in bench/*.py; do echo "== $$each"; $(BIN)/python $$each || exit 1; done

requirements:
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
		--extra postgres --extra pdf pyproject.toml -o requirements/run.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
		--extra postgres --extra pdf --group dev --group browser pyproject.toml -o requirements/test.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
		--group bench --constraint requirements/run.txt -o requirements/bench.txt

clean:
	rm -rf $(VENV) src/kith/web/static/built src/kith/standards/built
