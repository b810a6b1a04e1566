# make run    install the app into a virtual environment and start it
# make serve  serve the web page that captions recordings, on this computer
# make test   install everything that the tests need, and run all checks
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Debian and Ubuntu packages: shared libraries of Qt, OpenCV, MediaPipe and PortAudio, and programs for the tests.
SYSTEM := libegl1 libgl1 libgles2 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0 \
	libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1 libportaudio2 libpulse0 libdbus-1-3 libfontconfig1
TEST_SYSTEM := xvfb ffmpeg strace x11-utils pulseaudio-utils espeak-ng chromium
# A sound server only where there is none: PulseAudio and PipeWire replace each other on a desktop.
ifeq ($(shell command -v pipewire-pulse),)
TEST_SYSTEM += pulseaudio
endif

# One test process per processor, but at most four: browsers, windows and models need memory.
PARALLEL := -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: run demo serve test check coverage wheel dist venv app translations system test-system clean

run: .venv/app-installed
	@$(BIN)/klipnet-live $(SOURCE)

demo: .venv/app-installed
	@$(BIN)/klipnet-live --demo

serve: .venv/app-installed
	$(PIP) install --quiet --constraint constraints.txt --editable ".[web]"
	@$(BIN)/klipnet-live serve

venv: .venv/all-installed

test: test-system .venv/all-installed
	$(MAKE) check

check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest $(PARALLEL)

# Measure which lines the tests run: a table at the end, and a page in htmlcov/.
coverage: test-system .venv/all-installed
	$(BIN)/python -m pytest $(PARALLEL) --cov=klipnet_live --cov=klipnet_training --cov-report=term --cov-report=html

# Build a wheel into dist/, which can be installed without the sources.
wheel: .venv/all-installed
	$(PIP) install --quiet --constraint constraints.txt build
	$(BIN)/python -m build --wheel

# Build the sources and the wheel of a release into dist/, check them, and try the wheel in an empty environment.
dist: .venv/all-installed
	$(PIP) install --quiet --constraint constraints.txt build twine
	rm -rf dist/*.whl dist/*.tar.gz
	$(BIN)/python -m build
	$(BIN)/twine check --strict dist/*.whl dist/*.tar.gz
	sh scripts/try_wheel.sh $(PYTHON) dist/*.whl

app: test-system .venv/all-installed
	$(PIP) install --quiet --constraint constraints.txt pyinstaller
	$(BIN)/pyinstaller --noconfirm build_app.spec
	KLIPNET_FROZEN=dist/klipnet-live $(BIN)/python -m pytest tests/test_frozen_app.py

# Collect the window's texts and all messages from the sources, and compile the translations.
translations: .venv/app-installed
	$(BIN)/python -m scripts.translations

.venv/python:
	$(PYTHON) -m venv .venv
	@touch $@

.venv/app-installed: .venv/python pyproject.toml constraints.txt | system
	$(PIP) install --quiet --constraint constraints.txt --editable ".[sound]"
	@touch $@

.venv/all-installed: .venv/python pyproject.toml constraints.txt | system
	$(PIP) install --quiet --constraint constraints.txt --editable ".[sound,train,web,cluster,dev]"
	@touch $@ .venv/app-installed

system:
	@sh scripts/system_packages.sh $(SYSTEM)

test-system:
	@sh scripts/system_packages.sh $(SYSTEM) $(TEST_SYSTEM)

clean:
	rm -rf .venv build dist htmlcov
