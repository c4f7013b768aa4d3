#!/usr/bin/env bash
# Makes the next Debian suite known to apt, below everything else, for the few packages that this suite
# lacks (yyjson and llhttp are in Debian 13, not in 12). Run as root.
# The source is this machine's own, with the suite's name changed; no other package is ever taken from
# there, because of the pin.
set -euo pipefail

. /etc/os-release
case "${VERSION_CODENAME:-}" in
  bookworm) next=trixie ;;
  *) echo "setup: ${PRETTY_NAME:-this system} lacks a package and has no next suite to take it from" >&2; exit 1 ;;
esac

preferences=/etc/apt/preferences.d/apiblaze-$next
cat > "$preferences" <<PIN
Explanation: only what the current suite lacks (yyjson, llhttp) comes from $next
Package: *
Pin: release n=$next
Pin-Priority: 50
PIN

target=/etc/apt/sources.list.d/apiblaze-$next
deb822=$(grep -lsE "^Suites:.*\b$VERSION_CODENAME\b" /etc/apt/sources.list.d/*.sources | head -n 1 || true)
if [ -n "$deb822" ]; then
  # The first stanza of the machine's own file, for the main suite alone.
  awk 'NF == 0 && seen { exit } !/^#/ && NF { seen = 1; print }' "$deb822" |
    sed -E "s/^Suites:.*/Suites: $next/; s/^Components:.*/Components: main/" > "$target.sources"
else
  line=$(grep -hsE "^deb .*[[:space:]]$VERSION_CODENAME[[:space:]]" /etc/apt/sources.list /etc/apt/sources.list.d/*.list | head -n 1 || true)
  [ -n "$line" ] || { echo "setup: no apt source for $VERSION_CODENAME found to derive $next from" >&2; exit 1; }
  sed -E "s/[[:space:]]$VERSION_CODENAME[[:space:]].*/ $next main/" <<< "$line" > "$target.list"
fi

apt-get -qq update || echo "setup: the lists of $next could not be renewed" >&2
