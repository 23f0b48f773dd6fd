# Everything a developer or an operator of one machine does. `make` alone lists it.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
DEMO ?= 1
export PORT

.DEFAULT_GOAL := help
.PHONY: help run test quick bench lint format pins messages drill clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

run: $(VENV)/.installed ## Serve the demo paper on 127.0.0.1 (PORT, NEWSROOM_DATA_DIR, DEMO=0)
	@$(PY) manage.py prepare $(if $(filter 0,$(DEMO)),,--demo)
	@exec $(PY) manage.py serve

test: $(VENV)/.installed-dev ## The whole suite; TEST_POSTGRES_URL and TEST_REDIS_URL widen it
	@$(PY) -m tests.suite

quick: $(VENV)/.installed-dev ## What runs in about a minute: no browser, no killed processes, SQLite
	@$(PY) -m tests.suite quick

bench: $(VENV)/.installed-dev ## What is to be fast, in one table (ARTICLES="1000 1000000")
	@NEWSROOM_ENV=test $(PY) -m tests.benchmarks $(if $(ARTICLES),--articles $(ARTICLES))

drill: $(VENV)/.installed-dev ## The full counts of kills, races and matrices
	@DRILL=1 $(PY) -m tests.suite

lint: $(VENV)/.installed-dev ## ruff, djade, mypy strict, missing migrations, check --deploy
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@git ls-files -z 'templates/*.html' | xargs -0 $(VENV)/bin/djade --target-version 5.2 --check
	@NEWSROOM_ENV=test $(VENV)/bin/mypy newsroom articles newsletter
	@NEWSROOM_ENV=test $(PY) manage.py makemigrations --check --dry-run
	@NEWSROOM_ENV=production SITE_URL=https://news.example DATABASE_URL=sqlite://:memory: \
	  SECRET_KEY=lint-only-lint-only-lint-only-lint-only-lint-only-1234 \
	  $(PY) manage.py check --deploy --fail-level WARNING

format: $(VENV)/.installed-dev ## Let ruff and djade set the code
	@$(VENV)/bin/ruff check --fix . ; $(VENV)/bin/ruff format .
	@git ls-files -z 'templates/*.html' | xargs -0 $(VENV)/bin/djade --target-version 5.2 || true

pins: ## Compile the hashed requirements from pyproject.toml (needs uv)
	@uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-header -o requirements.txt
	@uv pip compile -q pyproject.toml --extra s3 --universal --python-version 3.11 \
	  --generate-hashes --no-header -c requirements.txt -o requirements-s3.txt
	@uv pip compile -q pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-header -c requirements-s3.txt -o requirements-dev.txt

messages: $(VENV)/.installed-dev ## Collect and compile what is to be translated (needs gettext)
	@for domain in django djangojs; do \
	  $(PY) manage.py makemessages -d $$domain -l he --no-location --no-wrap --no-obsolete \
	    --ignore=.venv --ignore=var --ignore=tests || exit 1; done
	@sed -i.old '/^"POT-Creation-Date:/d' newsroom/locale/he/LC_MESSAGES/*.po \
	  && rm newsroom/locale/he/LC_MESSAGES/*.old
	@$(PY) manage.py compilemessages -l he --ignore=.venv

clean: ## Remove .venv; the data in var/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache

$(VENV)/bin/python:
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "$(PYTHON) is not there. Install Python 3.11 or newer," \
	       "or name one: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Newsroom needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1)." \
	       "Install one, or name it: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "$(PYTHON) lacks the venv module. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	@echo "Installing the pinned requirements into $(VENV) ..."
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt | $(VENV)/bin/python
	@echo "Installing the pinned requirements for development into $(VENV) ..."
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.installed
