# Store Manager: how to run, test and build it. Each target installs what it needs and is missing.

# Everything that is compiled goes into one folder, so that no step compiles a dependency again.
CARGO_TARGET_DIR ?= target
override CARGO_TARGET_DIR := $(abspath $(CARGO_TARGET_DIR))
# The site bundle: the release program embeds it, the development one reads it from here.
SITE_DIR := $(CARGO_TARGET_DIR)/site
export CARGO_TARGET_DIR SITE_DIR

# Always the same packages and features in one command: another choice means other features of the
# dependencies, and compiling those again. The browser half is built apart, because what it needs
# of `app` excludes what the server needs.
HOST := --workspace --exclude frontend --features domain/testing,server/opentelemetry
PROGRAM := $(CARGO_TARGET_DIR)/debug/store-manager
BUNDLER := $(CARGO_TARGET_DIR)/debug/bundler
WASM := $(CARGO_TARGET_DIR)/wasm32-unknown-unknown/wasm-release/frontend.wasm
BUNDLE := $(BUNDLER) $(WASM) $(CURDIR) $(SITE_DIR)

.DEFAULT_GOAL := help
# The steps of `test` build on each other.
.NOTPARALLEL:
.PHONY: help run dev build test prove bench bench-browser site check built unit figures budget e2e later fmt clean

help: ## show this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /  make \1\t/p' Makefile | expand -t 22

run: ## build, and serve http://127.0.0.1:3000 with demo data in ./data
	.ci/setup build
	.ci/wasm wasm-release
	cargo build $(HOST)
	$(BUNDLE)
	exec $(PROGRAM) serve --demo

dev: ## the same, rebuilt and reloaded whenever a source changes
	.ci/setup build
	exec .ci/dev $(HOST)

build: site ## leave one self-contained program in target/release/store-manager
	cargo build --release --package server

test: ## everything that must hold before a change lands
	.ci/setup test
	$(MAKE) --no-print-directory check unit figures budget e2e

prove: ## the proofs of reliability and access at full length, for hours; SEED=n repeats one, PERCENT=10 is shorter
	.ci/setup test
	$(MAKE) --no-print-directory built
	STORE_MANAGER_BIN=$(PROGRAM) .ci/prove $(HOST)

bench: build ## measure the release program against floors, in under 20 minutes, into target/bench
	.ci/setup bench
	cargo build --release --package bench
	taskset -c 1 $(CARGO_TARGET_DIR)/release/bench run \
	  --program $(CARGO_TARGET_DIR)/release/store-manager --out $(CARGO_TARGET_DIR)/bench

site: ## only the site bundle, in target/site
	.ci/setup build
	.ci/wasm wasm-release
	cargo build --package bundler
	$(BUNDLE)

check: ## format, lints of both halves, documentation
	cargo fmt --all --check
	@mkdir -p $(SITE_DIR)
	cargo clippy $(HOST) --all-targets -- -D warnings
	cargo clippy --package app --package frontend -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc $(HOST) --no-deps

built:
	.ci/wasm wasm-release
	cargo build $(HOST)
	$(BUNDLE)

unit: built ## tests of rules, both databases and the server, with the bundle in place
	cargo test $(HOST)

figures: ## every figure of `bench` once and short: all that is asked must be answered rightly
	$(CARGO_TARGET_DIR)/debug/bench run --program $(PROGRAM) --out $(CARGO_TARGET_DIR)/bench-short \
	  --seconds 0.3 --pairs 1 --requests 400 --visitors 8

budget: ## what the first page loads, against the limit
	.ci/bundle-budget $(SITE_DIR)

e2e: ## browser tests against the program that `unit` built
	cd end2end && STORE_MANAGER_BIN=$(PROGRAM) npx --no playwright test $(E2E)

bench-browser: build ## measure pages in a browser against twins of them, in minutes (PAIRS=5 ONLY=P7,P8)
	.ci/setup bench-browser
	cd end2end && STORE_MANAGER_BIN=$(CARGO_TARGET_DIR)/release/store-manager OUT=$(CARGO_TARGET_DIR)/bench \
		npx --no playwright test --config bench/playwright.config.ts

later: ## note anew which functions of the browser half no page needs to come to life
	.ci/setup test
	.ci/wasm wasm-release
	cargo build $(HOST)
	$(BUNDLE) --quick
	cd end2end && STORE_MANAGER_BIN=$(PROGRAM) CALLED=$(CARGO_TARGET_DIR)/called.json \
		npx --no playwright test --config later/playwright.config.ts
	$(BUNDLER) --later $(SITE_DIR)/pkg/app.*.wasm $(CARGO_TARGET_DIR)/called.json

fmt: ## format the sources
	cargo fmt --all

clean: ## remove all that was built and installed here; ./data stays
	cargo clean
	rm -rf frontend/node_modules end2end/node_modules end2end/bench/node_modules end2end/bench/*/node_modules \
		end2end/bench/next/.next end2end/bench/sveltekit/.svelte-kit end2end/bench/sveltekit/build \
		end2end/bench/*/.built-from
