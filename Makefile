# The commands of this repository. `make` alone lists them.
# ARGS passes more on: `make pack ARGS="safer-essex/2010-03-11 --strict"`, `make test ARGS="-k notice"`.

PYTHON := .venv/bin/python
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help pack test check format snapshots bench wheel lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

pack: ## set up this machine and build the packs of all meetings in papers/, or of those in ARGS
	@.ci/setup pack
	$(PYTHON) build.py pack $(or $(ARGS),$(dir $(wildcard papers/*/*/meeting.yaml)))

test: ## set up this machine and run every test
	@.ci/setup test
	$(PYTHON) -m pytest -n auto $(ARGS)

check: ## format, lint, types and the arrows between the rooms, changing nothing
	@.ci/setup python
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy --strict boardpack
	.venv/bin/lint-imports --no-logo

format: ## format the code and mend what lint can mend
	@.ci/setup python
	$(PYTHON) -m ruff check --fix-only .
	$(PYTHON) -m ruff format .

snapshots: ## rewrite the tests' snapshots; read the difference before you commit it
	@.ci/setup test
	REWRITE_SNAPSHOTS=1 $(PYTHON) -m pytest -n auto $(ARGS)

bench: ## run the benchmarks
	@.ci/setup pack
	$(PYTHON) benchmarks/bench.py $(ARGS)

# Without isolation: the build backend is the one of requirements.lock, hashed like the rest.
wheel: ## build the wheel into dist/
	@.ci/setup python
	$(PYTHON) -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .
	@find dist -name '*.whl' | sed 's/^/Wheel: /'

# One version of each package for every Python, so that every machine builds the same bytes.
lock: ## write requirements.lock anew from pyproject.toml; ARGS=--upgrade takes the newest of everything
	@.ci/setup python
	$(PYTHON) -m uv pip compile pyproject.toml --all-extras --universal --fork-strategy fewest \
	  --generate-hashes --no-emit-index-url --quiet --custom-compile-command "make lock" \
	  --output-file requirements.lock $(ARGS)

clean: ## remove what was built, and the tools' caches; the set-up stays
	find output -mindepth 1 -maxdepth 1 ! -name .gitkeep -exec rm -rf {} +
	rm -rf dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name .venv -prune -o -name node_modules -prune -o -name __pycache__ -type d -exec rm -rf {} +
