# make demo | make test | make check | make docs      (only Python >= 3.11 and make are needed)
PYTHON ?= python3
BENCH ?= quick
BIN := .venv/bin
DEMO ?= demo

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test check docs site bench lock clean

help:            ## This list
	@sed -n 's/^\([a-z-]*\):.*##/  make \1\t/p' $(MAKEFILE_LIST)

# The lock files are the stamps' only cause: nothing is installed twice, and a changed lock is installed.
.venv/.run: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "crosscase needs Python 3.11 or newer. Name one: make demo PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv \
	  || { rm -rf .venv; echo "Could not make .venv. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

setup: .venv/.run            ## Install crosscase into .venv
setup-dev: .venv/.dev        ## ... and what tests and checks need

demo: setup      ## Write the example study to demo/, check it, build the matrix, show three cells
	@$(BIN)/python -m cli.run_demo $(DEMO)

test: setup-dev  ## All tests
	$(BIN)/python -m pytest -n auto

check: setup-dev ## Style, types, import direction, generated documentation
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

docs: setup-dev  ## Write the generated pages: problems, commands, schemas
	$(BIN)/python docs/generate.py

bench: setup-dev ## Time and memory, as ratios against plain ways (BENCH=tiny, quick or full)
	$(BIN)/python -m benchmarks.run $(BENCH)

site: setup-dev  ## The documentation as a small site in build/site
	$(BIN)/mkdocs build --strict --quiet

lock:            ## Renew the lock files (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements-dev.lock

clean:           ## Remove what make has made
	rm -rf .venv demo build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
