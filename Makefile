PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
TOOLS := .venv/tools
WORKERS ?= 4  # of tests: more than cores, as some wait for other processes; each reads all files first
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

bench: $(TOOLS)
	$(BIN)/python -m tests.bench

soak: $(TOOLS)
	$(BIN)/python -m tests.soak --minutes $(MINUTES) $(if $(SEED),--seed $(SEED)) $(if $(DATABASE),--database $(DATABASE))

walk: $(TOOLS)
	$(BIN)/python -m tests.walks
