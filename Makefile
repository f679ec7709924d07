# Acogida. `make desk` and `make test` are all that is needed; both work on a fresh Debian 12 with Swift.
PREFIX ?= /usr/local
DESTDIR ?=
BINARY := .build/release/acogida
SWIFT_RELEASE := swift build -c release --static-swift-stdlib --product acogida
COMPLETIONS := bash zsh fish

.PHONY: help setup build desk test check install bench picture clean distclean

help:
	@echo 'make desk      set up, build and open the desk'
	@echo 'make test      set up and run every check and test'
	@echo 'make build     set up and build .build/release/acogida'
	@echo 'make install   install to PREFIX (default /usr/local); DESTDIR is honoured'
	@echo 'make bench     run the benchmarks (builds an environment of their own in .deps)'
	@echo 'make clean     remove what was built; distclean also removes .deps'

setup:
	@scripts/setup.sh

build: setup
	$(SWIFT_RELEASE)

desk: build
	@scripts/desk.sh $(BINARY)

check: setup
	swift build --product acogida
	@scripts/check.sh

test: export CI := true
test:
	@scripts/setup.sh --tests
	swift build --build-tests
	@scripts/check.sh
	@scripts/test.sh

install: build
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' scripts/install.sh $(BINARY)

bench: build
	@benchmarks/run

picture: build
	@scripts/picture.py $(BINARY)

clean:
	rm -rf .build

distclean: clean
	rm -rf .deps
