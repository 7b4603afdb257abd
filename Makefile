# `make run` and `make test` do all the set-up themselves; they need make and python3-venv only.

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input --timeout 60

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && \
	{ echo "$$python"; break; }; done)

.PHONY: help run test lint validator format site clean python libraries test-libraries

help:
	@echo "make run     the webcam in a window; without camera or display, livemask-demo.mp4"
	@echo "make test    the whole test suite, with lint, types and import contracts"
	@echo "make lint    ruff, mypy and import-linter alone"
	@echo "make validator  fetch Khronos' glTF validator (npm), for the tests that are skipped without"
	@echo "make format  let ruff put the code in shape"
	@echo "make site    the documentation as a site, in site/"
	@echo "make clean   remove the environment and everything built"

# macOS lists no /dev/video*, but has a display and, mostly, a camera.
run: libraries $(INSTALLED)
	@if [ "$$(uname)" = Darwin ] || { ls /dev/video* && [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; } >/dev/null 2>&1; \
	then $(BIN)/livemask $(ARGS); \
	else $(BIN)/livemask demo --overwrite $(ARGS); fi

# One BLAS thread: two workers that each start one thread per core stand in each other's way.
test: test-libraries $(INSTALLED)
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --maxprocesses 8 --dist loadfile $(ARGS)

lint: $(INSTALLED)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports

# For two tests, which are skipped without it; it needs Node, and nothing else of livemask does.
validator: $(INSTALLED)
	npm install --prefix $(VENV) --no-save --no-audit --no-fund gltf-validator@2.0.0-dev.3.10

format: $(INSTALLED)
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

site: $(INSTALLED)
	@PYTHONPATH=. NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build -q -f tools/site/mkdocs.yml
	@echo "open site/index.html"

clean:
	rm -rf $(VENV) build dist site .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find livemask tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

python:
	@if [ -z "$(PYTHON)" ]; then \
	echo "no Python 3.11 or newer is here ($$(python3 --version 2>/dev/null || echo none at all)); type: sudo apt install python3-venv, or name one: make PYTHON=/path/to/python" >&2; exit 1; fi
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	echo "$(PYTHON) cannot make virtual environments; install the module: sudo apt install python3-venv" >&2; exit 1; }

libraries: | python
	@$(PYTHON) tools/system_libraries.py

test-libraries: | python
	@$(PYTHON) tools/system_libraries.py --tests

# Made again when pyproject.toml changed, the folder was moved, or its Python is gone.
ifneq ($(shell $(BIN)/python -c pass 2>/dev/null && cat $(INSTALLED) 2>/dev/null),$(CURDIR))
.PHONY: $(INSTALLED)
endif

# A recent pip first: it resumes a broken download, and one of these is 100 MB.
$(INSTALLED): pyproject.toml | python
	@if ! $(BIN)/python -m pip --version >/dev/null 2>&1 || { [ -f $@ ] && [ "$$(cat $@)" != '$(CURDIR)' ]; }; \
	then $(PYTHON) -m venv --clear $(VENV); fi
	@echo "Installing livemask and its packages into $(VENV): about 400 MB, once."
	@$(PIP) install --upgrade pip
	@$(PIP) install --prefer-binary --editable '.[dev,virtual-camera]'
	@echo '$(CURDIR)' > $@
