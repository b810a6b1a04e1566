#!/bin/sh
# Usage: try_wheel.sh PYTHON WHEEL: installs the wheel alone in an empty environment, and runs it there.
set -eu
# The sources must not count as an installation.
unset PYTHONPATH
wheel=$(realpath "$2")
constraints=$(realpath "$(dirname "$0")/../constraints.txt")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"$1" -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check --constraint "$constraints" "$wheel"
cd "$place"
venv/bin/klipnet-live --version
venv/bin/klipnet-train --help > help.txt
# Without a display the demo is captioned in the terminal, and ends.
env -u DISPLAY -u WAYLAND_DISPLAY QT_QPA_PLATFORM= venv/bin/klipnet-live --demo > captions.txt
test -s captions.txt
# The window runs until it is closed: here by `timeout`, which says so with 124.
status=0
QT_QPA_PLATFORM=offscreen timeout 20 venv/bin/klipnet-live --demo 2> window.txt || status=$?
test "$status" -eq 124 || { cat window.txt; exit 1; }
echo "$(basename "$wheel") runs in an empty environment."
