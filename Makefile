# The only commands a newcomer needs. Each does what must come before it; `make help` lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Cargo's directories, the Wasm toolchain that `make setup` chose, and the lists of packages.
ENV := . scripts/env &&

##@ Start here
.PHONY: help setup demo test
help: ## What there is (this list)
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile
	@printf '\nVariables and what they change: docs/building.md\n'

setup: ## Install what the build needs (Debian packages, Rust, the Wasm target); changes nothing when all is there
	@scripts/setup

demo: build ## Play the whole story on a real model, with a temporary node
	@scripts/demo

test: setup ## Everything .ci/run checks: formatting, Clippy, unit tests, generated files, whole-system tests
	@scripts/test

##@ Every day
.PHONY: build run fmt lint unit-test system-test python-test test-all
build: setup ## Build the node and the command line
	@$(ENV) cargo build --release "$${SYSTEM_PACKAGES[@]}"

run: build ## Run a development node that keeps its data (PEDIGREE_DATA), RPC on port 9944
	@$(ENV) echo "data: $$PEDIGREE_DATA" && mkdir -p "$$PEDIGREE_DATA" && \
		exec "$$CARGO_TARGET_DIR/release/pedigree-node" --dev --base-path "$$PEDIGREE_DATA" $(ARGS)

fmt: setup ## Format the code
	@cargo fmt --all

lint: setup ## Formatting, scripts, Clippy
	@scripts/test scripts format lint

unit-test: setup ## Only the tests that need neither the runtime's Wasm nor a node
	@scripts/test unit

system-test: setup ## Only the tests that start real nodes
	@scripts/test node generated binaries system

python-test: setup ## Only the Python client: lint, types, and its tests against a real node (eight minutes)
	@scripts/test node python

test-all: setup ## What `make test` runs, and the long tests
	@scripts/test --all

##@ Generated files
.PHONY: metadata runtime-weights
metadata: setup ## The runtime's metadata that the command line carries
	@scripts/test node && scripts/metadata

runtime-weights: setup ## Measure every call and hook of ours on this machine (minutes, on a quiet machine; an hour more if its tool is missing)
	@scripts/runtime-weights $(PALLETS)

##@ Measure, and try hard
.PHONY: bench-hash bench-lineage bench-metagraph bench-proof bench-pull bench-weights bench-yuma random-run fuzz
bench-hash: setup ## Hashing a 3-GB model, beside its peers; peak memory at 3 and 12 GB
	@$(ENV) scripts/bench-hash

bench-lineage: setup ## Asking a node for a lineage: 64 generations, 2,000 descendants
	@scripts/bench-lineage

bench-metagraph: setup ## Asking a node for a page of a metagraph: 256 neurons
	@scripts/bench-metagraph

bench-proof: setup ## Verifying a tensor proof, native and Wasm
	@scripts/bench-proof

bench-pull: build ## Fetching a release from a local web server, beside curl
	@$(ENV) scripts/bench-pull

bench-weights: setup ## What registering and paying cost in block weight
	@$(ENV) SKIP_WASM_BUILD=1 cargo nextest run --release "$${UNIT_PACKAGES[@]}" "$${UNIT_FEATURES[@]}" \
		--no-capture --run-ignored all -E 'package(pedigree-runtime) and test(bench_weights::)'

bench-yuma: setup ## An epoch of Yuma consensus at three sizes, native and Wasm
	@scripts/bench-yuma

fuzz: setup ## What strangers send: headers, proofs, parts (needs nightly Rust; FUZZ_SECONDS each, TARGETS)
	@scripts/fuzz $(TARGETS)

random-run: setup ## Random calls on the whole runtime (PEDIGREE_RANDOM_OPS, PEDIGREE_SEED)
	@$(ENV) SKIP_WASM_BUILD=1 cargo nextest run --release "$${UNIT_PACKAGES[@]}" "$${UNIT_FEATURES[@]}" \
		--no-capture --run-ignored all -E 'package(pedigree-runtime) and test(random_run)'
