# Two commands do everything: `make run` and `make test`. They ask nothing and may be repeated.

PORT ?= 8000
HOST ?= 127.0.0.1
PYTHON ?= python3

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
NPM := $(or $(shell command -v npm),$(BIN)/npm)

# amis is fetched as one package: its files are built, so its large tree of dependencies is of no use.
AMIS := 6.13.0
AMIS_SHA512 := 2911397ba75f9da572a016a0ae04a5f25716eceb19713033571d04542227a5ac8cb2e8a8acee382c004c4614ef8bd20193d0e18f381ccc12a3e9fae7438a49b1
AMIS_FILES := sdk.js rest.js charts.js sdk.css thirds/@fortawesome/*.woff2

RUNTIME := .venv/.runtime
TOOLS := .venv/.tools
MODULES := node_modules/.package-lock.json
VENDOR := pages/static/vendor/.ready admin/static/vendor/amis/.$(AMIS)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test lint format bench features messages lock chromium node clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo; echo "PORT=$(PORT) HOST=$(HOST) PYTHON=$(PYTHON) may be changed: make run PORT=8080"

setup: $(RUNTIME) $(VENDOR) ## make .venv, install the locked dependencies, fetch the browser files
	@:

run: export MEDVIRK_DEMO = 1
run: setup ## serve the demonstration town on http://127.0.0.1:8000
	@$(BIN)/python main.py migrate
	@$(BIN)/python main.py seed demo --if-empty
	@$(BIN)/python main.py serve --host $(HOST) --port $(PORT)

test: setup lint chromium node ## check the code and run the whole suite, browser tests included
	@MEDVIRK_CHROMIUM="$$($(FIND_CHROMIUM))" $(BIN)/python -m pytest -n auto --cov --cov-report=term

lint: $(TOOLS) ## style, types and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@PYTHONPATH=. $(BIN)/lint-imports

format: $(TOOLS) ## mend the style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: setup $(TOOLS) ## measure the pages that must be fast
	@$(BIN)/python -m tests.bench

features: $(TOOLS) ## the functions in tests/features.csv that no test shows
	@$(BIN)/python -m tests.features

messages: $(RUNTIME) ## bring the catalogues of nynorsk and English up to date with the source
	@$(BIN)/pybabel -q extract --mapping pyproject.toml --keywords N_ --sort-by-file --add-location file \
		--omit-header --output .venv/medvirk.pot .
	@$(BIN)/pybabel -q update --domain medvirk --input-file .venv/medvirk.pot --output-dir models/locales \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock: $(TOOLS) ## write the lock files anew; LATEST=--upgrade takes newer versions
	@$(LOCK) $(LATEST) pyproject.toml --output-file requirements.txt
	@$(LOCK) $(LATEST) --constraints requirements.txt --group dev --output-file requirements-dev.txt
	@$(LOCK) $(LATEST) --group node --output-file requirements-node.txt
	@$(NPM) install --package-lock-only

clean: ## remove everything that make made; the data in var/ stays
	rm -rf .venv node_modules pages/static/vendor admin/static/vendor
	rm -rf .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# ---- the environment -------------------------------------------------------------------------------------------

NEEDS_PYTHON := Medvirk needs Python 3.11 or newer. Choose one with: make setup PYTHON=python3.12
NEEDS_VENV := Python lacks venv. Install it with: apt-get install python3-venv

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "$(NEEDS_PYTHON)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(NEEDS_VENV)" >&2; exit 1; }
	@$(PYTHON) -m venv .venv

$(RUNTIME): requirements.txt | $(BIN)/pip
	@echo "Installing the dependencies …"
	@$(PIP) install --require-hashes -r $<
	@touch $@

$(TOOLS): requirements-dev.txt $(RUNTIME) $(MODULES)
	@echo "Installing the test tools …"
	@$(PIP) install --require-hashes -r $<
	@touch $@

# Only a machine without npm of its own gets this one.
$(BIN)/npm: requirements-node.txt | $(BIN)/pip
	@echo "Installing npm …"
	@$(PIP) install --require-hashes -r $<
	@touch $@

# The OpenID provider of the tests needs Node 20, which not every distribution has.
node: $(TOOLS)
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2> /dev/null || test -x $(BIN)/node || \
		{ echo "Installing Node …"; $(PIP) install --require-hashes -r requirements-node.txt; }

# ---- the browser files ------------------------------------------------------------------------------------------

$(MODULES): package-lock.json | $(NPM)
	@echo "Fetching the browser files …"
	@$(NPM) ci --silent
	@touch $@

pages/static/vendor/.ready: $(MODULES)
	@rm -rf $(@D) && mkdir -p $(@D)/inter
	@cp node_modules/@digdir/designsystemet-css/dist/src/index.css $(@D)/designsystemet.css
	@cp node_modules/@digdir/designsystemet-css/dist/theme/designsystemet.css $(@D)/theme.css
	@cp node_modules/htmx.org/dist/htmx.min.js node_modules/dompurify/dist/purify.min.js $(@D)/
	@cp node_modules/squire-rte/dist/squire.js $(@D)/
	@cp $(foreach weight,400 500 600 700,node_modules/@fontsource/inter/files/inter-latin*-$(weight)-normal.woff2) $(@D)/inter/
	@touch $@

admin/static/vendor/amis/.$(AMIS): | $(NPM)
	@echo "Fetching amis $(AMIS) …"
	@rm -rf $(@D) && mkdir -p $(@D)
	@$(NPM) pack --silent --pack-destination $(@D) amis@$(AMIS) > /dev/null
	@cd $(@D) && echo "$(AMIS_SHA512)  amis-$(AMIS).tgz" | sha512sum --check --quiet
	@cd $(@D) && tar --extract --touch --file amis-$(AMIS).tgz --strip-components=2 --wildcards \
		$(patsubst %,'package/sdk/%',$(AMIS_FILES)) && rm amis-$(AMIS).tgz
	@touch $@

# ---- a browser for the tests --------------------------------------------------------------------------------------

# `--version` tells a real browser from the empty shell that some distributions put in its place.
FIND_CHROMIUM = for browser in "$$MEDVIRK_CHROMIUM" chromium chromium-browser google-chrome; do \
	"$$browser" --version > /dev/null 2>&1 && command -v "$$browser" && break; done

# Without one the tests use Playwright's own, which this fetches where the distribution has none.
chromium: $(TOOLS)
	@test -n "$$($(FIND_CHROMIUM))" || { echo "Fetching Chromium …"; \
	if [ "$$(id -u)" != 0 ]; then $(BIN)/playwright install --only-shell chromium; \
	else apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium > /dev/null \
		|| $(BIN)/playwright install --with-deps --only-shell chromium; fi; }
