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
# An unchanged tree says nothing; what takes longer is announced while it runs.
{ sleep 0.7 && echo "build: compiling $preset${*:+ ($*)}"; } &
announcement=$!
status=0
cmake --build --preset "$preset" "${targets[@]}" > "$log" 2>&1 || status=$?
kill $announcement 2>/dev/null || true
wait $announcement 2>/dev/null || true
[ $status -eq 0 ] || fail "the build of $preset"
