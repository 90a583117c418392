# The portal's commands. `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PY := .venv/bin/python
MANAGE := $(PY) manage.py
COMPILE := .venv/bin/uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --universal --python-version 3.11
export PYTHONUNBUFFERED := 1

.PHONY: help setup run stop test lint format ci build-check bench bench-calibrate bench-hour bench-import bench-large bench-matching bench-reviews lock screenshots compose-check

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile

setup: ## Make .venv and install the locked packages
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	    && exec "$$python" mats_portal/devstack/setup.py; \
	done; \
	echo 'The portal needs Python 3.11 or newer. On Debian 12 or newer: apt install python3 python3-venv.' >&2; exit 1

run: setup ## Serve the portal with a demo on this machine (PORT=8000 by default)
	@$(PY) -m mats_portal.devstack run

stop: ## Stop embedded servers that a killed process left behind
	@$(PY) -m mats_portal.devstack stop

test: setup ## Run every test, browser journeys and crawls of all pages included
	@$(PY) -m mats_portal.devstack chromium
	@$(PY) -m pytest -n 2 --dist worksteal -q $(ARGS)

lint: setup ## Check style, templates, types, imports, migrations and the Dockerfile
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djangofmt check templates
	.venv/bin/mypy .
	.venv/bin/lint-imports
	.venv/bin/hadolint Dockerfile
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) check --fail-level WARNING

format: setup ## Put code and templates into the house style
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	.venv/bin/djangofmt check --fix templates
	.venv/bin/djangofmt templates

ci: export CI := true
ci: ARGS += -m "not crawl"
ci: lint test build-check ## What every change has to pass: all but the crawls, which take another quarter of an hour

build-check: setup ## Check that the lock files fit what they are made from, and that the static files can be collected
	@rm -rf var/check && mkdir -p var/check
	@for name in setup production development bench; do \
	  cp requirements/$$name.txt var/check/$$name.txt; \
	  $(COMPILE) requirements/$$name.in -o var/check/$$name.txt && cmp requirements/$$name.txt var/check/$$name.txt \
	    || { echo "requirements/$$name.txt does not fit its .in file. Run: make lock" >&2; exit 1; }; \
	done
	@STATIC_ROOT=var/check/static $(MANAGE) prepare --no-migrate

bench: setup ## Print how long pages take, compared with a bare Django view of equal size
	$(PY) -m bench

bench-calibrate: setup ## The calibration of a large round, beside one sparse least-squares solve
	$(PY) -m bench.calibrating

bench-hour: setup ## The last hour before a close: 60 requests a second for two minutes, nothing lost
	$(PY) -m bench hour

bench-import: setup ## The import of 10,120 applications by the command: seconds and memory
	$(PY) -m bench.importing

bench-large: setup ## The same for the applications table at 1,000, 10,000 and 100,000 applications
	$(PY) -m bench large

bench-matching: setup ## The matching of 10,000 applicants, beside a Python library for it
	@.venv/bin/uv pip install --quiet --require-hashes --target var/bench -r requirements/bench.txt
	PYTHONPATH=var/bench $(PY) -m bench.matching

bench-reviews: setup ## Desk, scores, ranking and the reviews as CSV, with 1,000 and 10,000 applications
	$(PY) -m bench reviews

screenshots: setup ## Take the pictures in docs/ again
	$(PY) -m tests.screenshots

lock: setup ## Choose versions again and write the hash-locked files
	@for name in setup production development bench; do $(COMPILE) $(LOCK) requirements/$$name.in -o requirements/$$name.txt; done

compose-check: ## Build the image and check that every service becomes healthy (needs docker compose)
	docker/check.sh
