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
