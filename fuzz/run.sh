#!/usr/bin/env bash
# Runs each fuzz target for so many seconds: fuzz/run.sh SECONDS [NAME…]. New inputs stay in build/fuzz/corpus, what
# crashed in build/fuzz/crashes. To keep a finding, add its file to fuzz/corpus/NAME.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=$1
shift
found=0
mkdir -p build/fuzz/crashes
for program in build/fuzz/fuzz/fuzz_*; do
  [ -x "$program" ] && [ -f "$program" ] || continue
  name=${program##*/fuzz_}
  [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
  mkdir -p "build/fuzz/corpus/$name"
  dictionary=()
  [ -f "fuzz/$name.dict" ] && dictionary=("-dict=fuzz/$name.dict")
  echo "fuzz: $name for $seconds s"
  "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/crashes/$name-" "${dictionary[@]}" \
    "build/fuzz/corpus/$name" "fuzz/corpus/$name" > "build/fuzz/$name.log" 2>&1 || {
      found=1
      echo "fuzz: $name failed; build/fuzz/$name.log says how, the input is in build/fuzz/crashes" >&2
    }
  grep -E 'stat::number_of_executed_units' "build/fuzz/$name.log" || true
done
exit $found
