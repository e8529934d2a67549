# Two commands do everything: `make up` (to an open dashboard) and `make test`.
# Each sets up what it needs first, says what it does, and does nothing twice.

PYTHON := $(shell command -v python3.11 || command -v python3)
UV_VERSION := 0.13.9
UV := .tools/uv-$(UV_VERSION)/bin/uv
READY := .venv/.ready
RUN := .venv/bin/

export UV_PYTHON := $(PYTHON)
export UV_PYTHON_DOWNLOADS := never
export UV_COMPILE_BYTECODE := 1
export DO_NOT_TRACK := 1

.PHONY: help up run dashboard dev test lint lint-types lint-sql lint-python bench screenshots clean

help:
	@echo "make up           set up, run the pipeline, open the dashboard"
	@echo "make test         set up, lint, and run the tests"
	@echo "make lint         ruff, sqlfluff, mypy and the layer check"
	@echo "make run          run the pipeline on what is in the inbox"
	@echo "make dashboard    open the dashboard on the current release"
	@echo "make dev          Dagster's own interface, for the engineer"
	@echo "make bench        how long a run takes, as a ratio"
	@echo "make screenshots  a picture of each page, in build/screenshots"
	@echo "make clean        remove the environment and what was built, but no data"

$(UV):
	@echo "Setting up uv $(UV_VERSION) in .tools …"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --target .tools/uv-$(UV_VERSION) uv==$(UV_VERSION)

$(READY): $(UV) pyproject.toml uv.lock
	@echo "Setting up the locked environment in .venv …"
	@$(UV) sync --frozen --quiet
	@touch $@

up: $(READY)
	@$(RUN)tillit up

run: $(READY)
	@$(RUN)tillit run

dashboard: $(READY)
	@$(RUN)tillit dashboard

dev: $(READY)
	@$(RUN)tillit dev

test: lint
	@echo "Running the tests …"
	@$(RUN)pytest

lint: $(READY)
	@echo "Linting: ruff, sqlfluff, mypy, layers …"
	@$(MAKE) --no-print-directory --jobs 2 lint-types lint-sql lint-python

lint-types: $(READY)
	@$(RUN)mypy

lint-sql: $(READY)
	@$(RUN)sqlfluff lint --disable-progress-bar --processes 2 dbt

lint-python: $(READY)
	@$(RUN)ruff check .
	@$(RUN)ruff format --check --quiet .
	@$(RUN)lint-imports --no-cache

bench: $(READY)
	@$(RUN)python -m tests.bench.run; run=$$?; \
	$(MAKE) --no-print-directory bench-disclosure || run=1; \
	$(MAKE) --no-print-directory bench-dashboard || run=1; \
	$(MAKE) --no-print-directory bench-national && exit $$run

screenshots: $(READY)
	@$(RUN)python -m tests.dashboard.screenshots

clean:
	rm -rf .venv .tools build .pytest_cache .ruff_cache .mypy_cache .hypothesis

# Twenty runs killed at twenty moments; `make test` takes two, one of them the start.
.PHONY: prove-killed
prove-killed: $(READY)
	@TILLIT_KILLED_MOMENTS=20 $(RUN)pytest tests/pipeline/test_pipeline_killed.py

# Two thousand random designs compared with svy; `make test` takes fifty.
.PHONY: prove-estimates
prove-estimates: $(READY)
	@TILLIT_DESIGNS=2000 $(RUN)pytest -n 0 --timeout 3000 tests/dbt/test_dbt_design_compared.py

# A wave of a million respondents, from the inbox to the release; `make bench` runs it too.
.PHONY: bench-national
bench-national: $(READY)
	@$(RUN)python -m tests.bench.national

# A survey of national size protected and attacked; `make bench` runs it too.
.PHONY: bench-disclosure
bench-disclosure: $(READY)
	@$(RUN)python -m tests.bench.disclosure

# Ten thousand random surveys protected and attacked; `make test` takes sixteen.
.PHONY: prove-disclosure
prove-disclosure: $(READY)
	@TILLIT_CASES=10000 $(RUN)pytest -s --timeout 30000 tests/disclosure/test_attack_fails.py

# All that is proved by more cases than `make test` has time for.
.PHONY: prove
prove: prove-killed prove-estimates prove-disclosure

# The dashboard in a browser, on a release of national size; `make bench` runs it too.
.PHONY: bench-dashboard
bench-dashboard: $(READY)
	@$(RUN)python -m tests.bench.dashboard
