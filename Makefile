# The house in five words: run, test, check, bench, deploy.  `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The tools of this tree come first, so that `sam build` finds them; nothing of the caller's Python leaks in.
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PYTHONDONTWRITEBYTECODE :=
export SAM_CLI_TELEMETRY := 0

.PHONY: help
help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## */  make \1|/' | column -t -s'|'

# uv installs from the lock file, every hash checked; the stamp makes the second call free.
$(VENV)/.installed: requirements.lock pyproject.toml
	@echo "installing into $(VENV) …"
	@$(PYTHON) -c 'import sys; sys.exit("newsroom needs Python 3.11 or later, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(sed -nE 's/^(uv==[0-9.]+).*/\1/p' requirements.lock)"
	@$(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode --python $(BIN)/python requirements.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@touch $@

.PHONY: install
install: $(VENV)/.installed  ## the virtual environment, from the lock file

.PHONY: lock
lock: $(VENV)/.installed  ## resolve both lock files anew
	@$(BIN)/uv pip compile --quiet pyproject.toml --group dev --universal --python-version 3.11 \
	    --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --output-file requirements.lock
	@$(BIN)/uv pip compile --quiet pyproject.toml --constraint requirements.lock --python-platform x86_64-manylinux_2_28 --python-version 3.13 \
	    --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --output-file layers/packages/requirements.txt

# A local AWS, a wire of sample publishers, a mailbox; an edition and a briefing, then the schedules until Ctrl-C.
# ONCE=1 stops after the first edition and briefing; WIRE=sample|recorded|live; PORT=4700; AUTH=1 enforces permissions;
# CLAUDE=scripted lets a stand-in for the model write and judge, for demonstration.
.PHONY: run
run: $(VENV)/.installed  ## the newsroom on this machine (ONCE=1, WIRE=recorded or live, PORT, AUTH=1, CLAUDE=scripted)
	@ONCE="$(ONCE)" WIRE="$(WIRE)" PORT="$(PORT)" AUTH="$(AUTH)" CLAUDE="$(CLAUDE)" $(BIN)/python -m infra.local.run

# Without a guided question: samconfig.toml holds what a stage needs, and shows the changes before it makes them.
.PHONY: deploy
deploy: $(VENV)/.installed  ## put a stage on AWS (STAGE=staging or production)
	@test "$(STAGE)" = staging -o "$(STAGE)" = production || { echo "say STAGE=staging or STAGE=production"; exit 2; }
	$(BIN)/sam build
	$(BIN)/sam deploy --config-env "$(STAGE)"

.PHONY: clean
clean:  ## forget what ran and was built here; the virtual environment stays
	@rm -rf .local .aws-sam

PACKAGE := layers/newsroom/newsroom
PYTEST := $(BIN)/pytest -q --durations=5

.PHONY: format
format: $(VENV)/.installed  ## put the code into its form
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --quiet --fix .

.PHONY: lint
lint: $(VENV)/.installed
	@$(BIN)/ruff format --check --quiet . || { echo "run: make format"; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache > .local/imports.log 2>&1 || { cat .local/imports.log; exit 1; }
	@$(BIN)/cfn-lint template.yaml
	@AWS_DEFAULT_REGION=us-east-1 $(BIN)/sam validate --lint --template-file template.yaml > .local/validate.log 2>&1 || { cat .local/validate.log; exit 1; }
	@echo "lint: format, style, types, import contracts, template: clean"

.PHONY: test
test: $(VENV)/.installed  ## the whole gate: lint, types, contracts, templates, tests, the local cloud end to end
	@mkdir -p .local
	@$(MAKE) --no-print-directory lint
	@$(PYTEST) --numprocesses 2 -m "not cloud and not browser and not soak"
	@$(PYTEST) -m "browser and not soak"
	@$(PYTEST) -m "cloud and not soak"

.PHONY: check
check: test  ## the same, by its other name

.PHONY: soak
soak: $(VENV)/.installed  ## the long sweeps
	@$(PYTEST) -m soak

# One by one (`python -m tests.benchmarks.feeds --help`), or all; figures stay beside them as JSON.
BENCHMARKS = $(basename $(notdir $(shell grep -l -- '"--json"' tests/benchmarks/*.py)))

.PHONY: bench
bench: $(VENV)/.installed  ## ratios against named peers, measured in this run, written to tests/benchmarks/
	@for one in $(BENCHMARKS); do echo "== $$one"; \
	    $(BIN)/python -m tests.benchmarks.$$one --json tests/benchmarks/$$one.json || exit 1; done
