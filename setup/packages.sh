#!/usr/bin/env bash
# Installs the Debian or Ubuntu packages that ApiBlaze needs and this machine lacks, and names them.
#   setup/packages.sh build          what building and serving needs
#   setup/packages.sh build test     ... and what the tests need; likewise bench, fuzz and lint
# Nothing to install: it says nothing and takes a few milliseconds.
set -euo pipefail

declare -A groups=(
  [build]="build-essential cmake ninja-build pkg-config nodejs
           libssl-dev zlib1g-dev libbrotli-dev libzstd-dev libpcre2-dev libxxhash-dev libcurl4-openssl-dev libcmocka-dev
           libcrypt-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libyyjson-dev libllhttp-dev libstemmer-dev libutf8proc-dev"
  [test]="chromium openssl python3-socketio python3-aiohttp python3-requests python3-websocket
          curl httpie golang-go default-jdk-headless php-cli php-curl ruby libcurl4-openssl-dev
          mono-mcs mono-runtime libmono-system-net-http4.0-cil"
  [bench]="python3 python3-xapian"
  [fuzz]="clang libclang-rt-14-dev"
  [lint]="clang-format clang-tidy"
)

fail() { echo "setup: $*" >&2; exit 1; }

command -v dpkg-query >/dev/null || fail "this set-up knows Debian and Ubuntu. Elsewhere, install these and run 'make build': ${groups[build]}"

[ "$(id -u)" = 0 ] && sudo="" || sudo="sudo"
[ -z "$sudo" ] || command -v sudo >/dev/null || fail "packages are missing and there is no sudo. Run this once as root: make setup"

# One call for all, since it is made before every build.
installed_names=" $(dpkg-query -W -f='${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | tr '\n' ' ') "
installed() { [[ $installed_names == *" $1 "* ]]; }

# Node.js, Go and Java may come from elsewhere than Debian; what counts is that they run.
satisfied() {
  case "$1" in
    nodejs) command -v node >/dev/null && command -v npm >/dev/null ;;
    golang-go) command -v go >/dev/null ;;
    default-jdk-headless) command -v javac >/dev/null ;;
    libclang-rt-14-dev) installed "$1" || compgen -G '/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.fuzzer-*.a' >/dev/null ;;
    *) installed "$1" ;;
  esac
}

missing=()
for group in "$@"; do
  for package in ${groups[$group]}; do
    satisfied "$package" || missing+=("$package")
  done
done
[ ${#missing[@]} -eq 0 ] && exit 0

echo "setup: installing ${missing[*]}"
apt() { $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@"; }
apt update || echo "setup: the package lists could not be renewed; going on with what is there" >&2

available() { [ -n "$(apt-cache madison "$1" 2>/dev/null)" ]; }
for package in "${missing[@]}"; do
  available "$package" || { $sudo "$(dirname "$0")/next-suite.sh"; break; }
done

for index in "${!missing[@]}"; do
  case "${missing[$index]}" in
    nodejs) apt-cache show nodejs 2>/dev/null | grep -q '^Provides:.*npm' || missing+=(npm) ;;
    libclang-rt-14-dev) available libclang-rt-14-dev || missing[$index]=libclang-rt-dev ;;
    chromium) apt-cache policy chromium 2>/dev/null | grep -q 'Candidate: .*snap' && missing[$index]=chromium-browser ;;
  esac
done

apt install --no-install-recommends "${missing[@]}" >/dev/null ||
  fail "apt-get could not install ${missing[*]}. Its message is above; mend it and call make again."
