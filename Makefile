# The front door: `make` lists what it does.
#
# Two environments under .venvs, each installed by uv from its own hash-locked file.
# Needed on the machine: Python 3.11 with venv, and make.

PYTHON ?= python3.11
UV_VERSION := 0.13.9
UV := .venvs/uv/bin/uv
APP := .venvs/app/bin/python
BOT := .venvs/bot/bin/python
DEBIAN := apt-get install python3.11 python3.11-venv

export UV_PYTHON_DOWNLOADS := never

# .venvs/app/run says: requirements-app.txt is installed; .venvs/app/dev: the test tools
# too. Once they are there they stay, so that `make run` and `make test` do not undo
# each other's work.
installed = .venvs/$(1)/$(if $(wildcard .venvs/$(1)/dev),dev,run)

.PHONY: help install install-dev run chat train parse import migrate seed tickets requests facts \
	test lint test-bot test-app test-understanding test-whole bench lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: install ## start everything and print the address; Ctrl-C stops it
	@exec $(APP) -m deploy.run

chat: install ## the same assistant in the terminal
	@exec $(APP) -m deploy.chat

train: install ## train the model if its sources changed (FORCE=1: in any case)
	@$(APP) -m deploy.model train $(if $(FORCE),--force)

parse: install ## what is understood of each line of FILE=x.txt, one JSON object per line
	@test -n "$(FILE)" || { echo "Say which file: make parse FILE=x.txt" >&2; exit 2; }
	@$(APP) -m deploy.model train
	@MODEL_PATH="$$($(APP) -m deploy.model path)" $(BOT) -m bot.launcher parse "$(FILE)"

import: install ## organisations of FILE=x.csv into the directory
	@test -n "$(FILE)" || { echo "Say which file: make import FILE=x.csv" >&2; exit 2; }
	@$(APP) -m registry.cli import "$(FILE)"

migrate: install ## bring the register's tables up to date
	@$(APP) -m registry.cli migrate

seed: install ## load the example organisations
	@$(APP) -m registry.cli seed

# What is given on the command line reaches the shell as it is, quotes and all.
tickets: install ## questions to a person (SHOW=x; ANSWER=x TEXT=…, CLOSE=x, with ACTOR=desk-1)
	@$(APP) -m registry.cli tickets $(call given,SHOW ANSWER TEXT CLOSE ACTOR)

requests: install ## requests for access (SHOW=x; ACCEPT=x, REJECT=x, … see docs/requests.md)
	@$(APP) -m registry.cli requests \
		$(call given,SHOW ACCEPT REJECT SUSPEND ACCEPT_OPERATOR REJECT_OPERATOR REASON ACTOR)

# Each variable that was given on make's command line as an option: SHOW=x as --show "$SHOW".
given = $(foreach name,$(1),$(if $(filter command line,$(origin $(name))),\
	--$(subst _,-,$(shell echo $(name) | tr A-Z a-z)) "$$$(name)"))

facts: install ## docs/facts.md anew: each fact with the answers that use it
	@$(APP) -m deploy.facts_page

# Install, then every check and every test.
test: install-dev lint test-bot test-app test-understanding test-whole ## every check and every test
	@echo "All tests passed: see the four counts above (bot, app, understanding, whole house)."

lint: install-dev ## style, types, rooms, no package that needs a compiler
	@.venvs/app/bin/ruff check .
	@.venvs/app/bin/ruff format --check .
	@.venvs/app/bin/mypy
	@.venvs/app/bin/lint-imports
	@$(APP) -m deploy.check_wheels

test-bot: install-dev
	@$(BOT) -m pytest -q tests/bot

test-app: install-dev
	@$(APP) -m pytest -q tests --ignore=tests/bot --ignore=tests/conversations \
		--ignore=tests/faults --ignore=tests/load --ignore=tests/understanding

test-understanding: install-dev
	@$(APP) -m deploy.model train
	@MODEL_PATH="$$($(APP) -m deploy.model path)" $(BOT) -m pytest -q tests/understanding

test-whole: install-dev
	@$(APP) -m deploy.model train
	@$(APP) -m pytest -q tests/conversations tests/faults

bench: install-dev ## speed and memory of the whole house
	@$(APP) -m tests.load.figures

lock: $(UV) ## write the requirements files anew from the two pyproject.toml
	@$(LOCK) pyproject.toml -o requirements-app.txt
	@$(LOCK) pyproject.toml --group dev -c requirements-app.txt -o requirements-app-dev.txt
	@cd bot && ../$(LOCK) pyproject.toml -o ../requirements-bot.txt
	@cd bot && ../$(LOCK) pyproject.toml --group dev -c ../requirements-bot.txt \
		-o ../requirements-bot-dev.txt

clean: ## remove environments, models and caches; the data in var/ stays
	@rm -rf .venvs models/*.tar.gz models/*.sha256 .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

LOCK = $(UV) pip compile -q --python-version 3.11 --generate-hashes --no-header --no-emit-index-url

# The two environments are filled at the same time. The word on what is done goes to
# stderr: `make parse` keeps stdout for its JSON.
install: $(UV)
	@$(MAKE) -s -j2 $(call installed,app) $(call installed,bot) >&2

install-dev: $(UV)
	@$(MAKE) -s -j2 .venvs/app/dev .venvs/bot/dev >&2

.venvs/%/run: requirements-%.txt | .venvs/%/bin/python
	@echo "Installing the $* environment ..."
	@$(SYNC) $<
	@touch $@

.venvs/%/dev: requirements-%-dev.txt | .venvs/%/bin/python
	@echo "Installing the $* environment and its test tools ..."
	@$(SYNC) $<
	@touch $@

# The few packages that come as source are built by the setuptools of the same locked file.
SYNC = $(UV) pip sync -q --require-hashes --build-constraints $< --python .venvs/$*/bin/python

.PRECIOUS: .venvs/%/bin/python
.venvs/%/bin/python: | $(UV)
	@$(UV) venv -q --clear --python .venvs/uv/bin/python .venvs/$*

$(UV): .venvs/uv/$(UV_VERSION)

.venvs/uv/$(UV_VERSION):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null || \
		{ echo "Python 3.11 is missing: $(DEBIAN) (or: make PYTHON=/path/to/python3.11)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python 3.11 is here, its venv is missing: $(DEBIAN)" >&2; exit 1; }
	@echo "Installing uv $(UV_VERSION) ..." >&2
	@$(PYTHON) -m venv --clear .venvs/uv
	@.venvs/uv/bin/pip install -q --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@
