PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
TOOLS := .venv/tools
WORKERS ?= 3  # of tests: one more than cores, as some wait for other processes; each reads all files first
MINUTES ?= 30  # of soak

.PHONY: install run test check bench soak walk

install: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[postgres]'
	touch $@

$(TOOLS): $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	touch $@

run: $(INSTALLED)
	$(BIN)/baeumtok demo

test: $(TOOLS)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: $(TOOLS)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

AIOGRAM := .venv-aiogram/installed
$(AIOGRAM):  # of the bench only: it wants an older pydantic than ours
	@$(PYTHON) -m venv .venv-aiogram \
		&& .venv-aiogram/bin/python -m pip install --quiet --disable-pip-version-check aiogram==3.31.0 \
		&& touch $@ || echo 'aiogram could not be installed: the bench goes without its echo'

bench: $(TOOLS) $(AIOGRAM)
	$(BIN)/python -m tests.bench

soak: $(TOOLS)
	$(BIN)/python -m tests.soak --minutes $(MINUTES) $(if $(SEED),--seed $(SEED)) $(if $(DATABASE),--database $(DATABASE))

walk: $(TOOLS)
	$(BIN)/python -m tests.walks
