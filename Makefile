# Antigone: what a person can ask for. `make help` lists it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow test-browser check messages format requirements clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.base: requirements/base.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Antigone needs Python 3.11 or newer; name it with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing what Antigone needs into $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/base.txt
	@$(BIN)/python -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "antigone-src.pth").write_text(str(pathlib.Path("src").resolve()) + "\n")'
	@printf '#!/bin/sh\nexec "$$(dirname "$$0")/python" -m antigone "$$@"\n' > $(BIN)/antigone && chmod +x $(BIN)/antigone
	@touch $@

$(VENV)/.dev: $(VENV)/.base requirements/dev.txt
	@echo "installing what the tests need into $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/dev.txt
	@touch $@

demo: $(VENV)/.base ## run the main job on people who never lived (ARGS=--batch ends by itself)
	@$(BIN)/python -m antigone.demo $(ARGS)

test: $(VENV)/.dev ## run the tests (under five minutes)
	@OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest -q -n auto -m "not slow and not browser" $(ARGS)

test-slow: $(VENV)/.dev ## run the slower tests, without those of make test
	@OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest -q -n auto --dist loadfile -m "slow and not browser" $(ARGS)

test-browser: $(VENV)/.dev ## walk the pages in a real Chromium (it must be installed)
	@OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest -q -m browser $(ARGS)

check: $(VENV)/.dev ## lint, types, and the layers of the house
	@$(BIN)/ruff check src tests tools
	@$(BIN)/ruff format --check src tests tools
	@$(BIN)/mypy
	@$(BIN)/lint-imports

messages: $(VENV)/.dev ## collect the sentences of the pages for translation, and compile them (needs gettext)
	@$(BIN)/python tools/messages.py

format: $(VENV)/.dev ## put the code in its form
	@$(BIN)/ruff format src tests tools
	@$(BIN)/ruff check --fix src tests tools

requirements: ## resolve the pinned requirements anew, for every Python that is claimed (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements/base.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links pyproject.toml --extra validation --extra postgres --group dev -o requirements/dev.txt

clean: ## remove the demo instance and caches, nothing else
	rm -rf demo-instance .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
