#!/usr/bin/env bash
# Gets the npm packages of package-lock.json: the page's libraries, the default catalogue, the tests' clients.
set -euo pipefail
cd "$(dirname "$0")/.."

# npm would empty the folder behind a link, which somebody else may be using.
[ ! -L node_modules ] || { echo "setup: node_modules is a link; npm would empty what it leads to. Remove the link and call make again." >&2; exit 1; }

echo "setup: getting the npm packages (the default catalogue among them: 425 MB of specifications)"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || {
  echo "setup: npm could not get the packages. Its message is above; check the registry that 'npm config get registry' names and call make again." >&2
  exit 1
}
# npm keeps the lock's time when nothing changed; make wants to see that it was looked at.
touch node_modules/.package-lock.json
