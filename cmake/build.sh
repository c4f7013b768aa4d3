#!/usr/bin/env bash
# Configures a preset once and builds it: cmake/build.sh PRESET [TARGET…]. Quiet when there is nothing to do.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift
log=build/$preset.log
mkdir -p build

fail() {
  grep -E 'error|Error|missing|FAILED' "$log" | head -n 40 >&2 || tail -n 40 "$log" >&2
  echo "build: $1 failed; all of its output is in $log" >&2
  exit 1
}

if [ ! -f "build/$preset/build.ninja" ]; then
  echo "build: configuring $preset"
  cmake --preset "$preset" > "$log" 2>&1 || fail "the configuration of $preset"
fi
targets=()
for target in "$@"; do targets+=(--target "$target"); done
# Asks first whether there is work, so that an unchanged tree says nothing.
if ninja -C "build/$preset" -n "$@" 2>/dev/null | grep -q 'no work to do'; then exit 0; fi
echo "build: compiling $preset${*:+ ($*)}"
cmake --build --preset "$preset" "${targets[@]}" > "$log" 2>&1 || fail "the build of $preset"
