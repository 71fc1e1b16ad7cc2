# Everything sets itself up in .venv, from constraints.txt, with uv where it is there.
#
#   make lab       open JupyterLab on the lessons
#   make test      run the tests
#   make help      the other targets

SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null)

# The tests start Python often: each start would compile the course anew where bytecode is not kept.
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n 3 --dist loadscope

# Any extra that the tests need; learners need none.
LEARNER := $(VENV)/.ready
TESTER := $(VENV)/.ready-dev
WRITER := $(VENV)/.ready-docs
INPUTS := pyproject.toml constraints.txt

.PHONY: help setup lab doctor kernel test test-long build words lesson upgrade bench evidence contest myths docs docs-links screenshot mutants grade-demo lint clean

help:  ## show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(LEARNER)  ## set up .venv and nothing else

lab: $(LEARNER)  ## open JupyterLab on the lessons
	@$(BIN)/course lab $(ARGS)

doctor: $(LEARNER)  ## say what is wrong with the set-up, and how to mend it
	@$(BIN)/course doctor

# For a JupyterLab of another environment: make kernel PREFIX=/where/it/is
kernel: $(LEARNER)
	@$(BIN)/python -m ipykernel install --prefix "$(PREFIX)" --name python3

test: $(TESTER)  ## run the tests
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/codespell
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache
	@$(PYTEST) -m "not long" $(ARGS)

test-long: $(TESTER)  ## run the tests that take minutes
	@$(PYTEST) -m long $(ARGS)

build: $(TESTER)  ## build solutions and lessons from their sources
	@$(BIN)/course build $(ARGS)

# The texts' tests; what runs code is left to `make test`.
WORDS := tests/test_claims.py tests/test_english.py tests/test_glossary.py tests/test_lesson_time.py \
  tests/test_prose.py tests/test_teach_pages.py

words: $(TESTER)  ## build and test a change of words: make words ARGS=metrics
	@$(BIN)/codespell && $(BIN)/course build --words $(ARGS) && $(PYTEST) -q $(WORDS)

# What a lesson can fail in; pages are tested whole, and what grades or shows every lesson is left to `make test`.
LESSON := tests/test_lesson_checks.py tests/test_named_mistakes.py tests/test_docstrings.py tests/test_contributing.py \
  tests/test_coverage_page.py tests/test_lesson_lists.py tests/test_quiz.py $(WORDS)
PAGES := teach_pages or contributing or coverage_page or lesson_lists or test_english or glossary or quiz or right_letters

lesson: $(TESTER)  ## test one lesson in a minute or two: make lesson ARGS=metrics
	@test -n "$(ARGS)" || { echo "Name the lesson: make lesson ARGS=metrics"; exit 1; }
	@$(BIN)/ruff check . && $(BIN)/ruff format --check -q . && $(BIN)/codespell && $(BIN)/course build --check --words $(ARGS)
	@$(PYTEST) -q -m "not long" -k "$(ARGS) or $(subst -,_,$(ARGS)) or $(PAGES)" $(LESSON)

upgrade: $(TESTER)  ## pin the newest versions within bounds, and build again
	@.ci/upgrade
	@$(MAKE) --no-print-directory build

# Of what cosmic-ray needs, the run uses only stevedore, and the tests need the rest of that already.
mutants: $(TESTER)  ## see whether tests notice small changes of the helpers (an hour)
	@$(call install,--no-deps cosmic-ray==8.7.0 stevedore==5.10.0)
	@$(BIN)/python tests/mutation_run.py $(ARGS)

bench: $(TESTER)  ## time the lessons, and grading beside stock nbgrader
	@$(BIN)/python benchmarks/lesson_times.py
	@$(BIN)/python benchmarks/grading_speed.py
	@$(BIN)/python benchmarks/grading_scale.py
	@$(BIN)/python benchmarks/time_to_first_check.py

evidence: $(LEARNER)  ## run the study on real data, or go on with it (hours)
	@$(BIN)/python datasets/evidence/run.py $(ARGS)

contest: $(LEARNER)  ## run the stored contest of lesson 6 again (a quarter of an hour)
	@$(BIN)/python datasets/contest/make.py && $(BIN)/python datasets/contest/speed.py

myths: $(LEARNER)  ## measure the myths again and write docs/myths.md (six minutes)
	@$(BIN)/python docs/myths/run.py $(ARGS)

docs: $(WRITER)  ## build the site, without a network, in docs/_build/html
	@$(SITE) -b html docs docs/_build/html
	@echo "The site: docs/_build/html/index.html"

docs-links: $(WRITER)  ## ask each address that the site links to whether it is still there
	@$(SITE) -b linkcheck docs docs/_build/links

screenshot: $(TESTER)  ## take the picture in the README again
	@$(BIN)/python docs/images/make.py

grade-demo: $(LEARNER)  ## make a class of 12 in ./class and grade it into ./graded
	@rm -rf class
	@$(BIN)/course sample-class class --students 12
	@$(BIN)/course grade class --out graded

lint: $(TESTER)  ## format and fix what can be fixed
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

clean:  ## remove .venv and caches; no work of a learner's
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "This course needs Python 3.11 or newer; '$(PYTHON)' is not. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
ifneq ($(UV),)
	@uv venv --quiet --seed --allow-existing --python $(PYTHON) $(VENV)
else
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); \
	  echo "Python cannot make a virtual environment; on Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
endif
	@touch $@

# Modification times tell whether the set-up is still right; the second time nothing runs.
$(LEARNER): $(VENV)/.made $(INPUTS)
	@echo "Setting up the course in $(VENV) (once; up to a minute) …" >&2
	@$(call install,-e .)
	@touch $@

$(TESTER): $(VENV)/.made $(INPUTS)
	@echo "Setting up the course and its tests in $(VENV) (once; up to a minute) …" >&2
	@$(call install,-e '.[dev]')
	@touch $@ $(LEARNER) $(WRITER)

$(WRITER): $(VENV)/.made $(INPUTS)
	@echo "Setting up what builds the site in $(VENV) (once; up to a minute) …" >&2
	@$(call install,-e '.[docs]')
	@touch $@ $(LEARNER)

# Warnings are errors, and a link that leads nowhere is a warning.
SITE := $(BIN)/sphinx-build --quiet --fail-on-warning --keep-going --doctree-dir docs/_build/doctrees

# PYTHONDONTWRITEBYTECODE would leave every import to compile anew.
ifneq ($(UV),)
install = env -u PYTHONDONTWRITEBYTECODE uv pip install --quiet --python $(BIN)/python --compile-bytecode -c constraints.txt $(1)
else
install = env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt $(1)
endif
