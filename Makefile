# The front door. `make run` and `make test` do all set-up themselves; both are incremental.

.PHONY: setup build
setup:
	@setup/packages.sh build test

build: setup
	@cmake --preset release > /dev/null && cmake --build --preset release
