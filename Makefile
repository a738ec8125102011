# `make demo` and `make test` need Node, npm and make, and nothing else.
SHELL := /bin/sh
TEMPLATE ?= examples/hpc-scratch.yaml

.PHONY: demo test build build-TypeFunction build-TestEntrypoint

demo: node_modules/.installed
	npm run --silent demo -- $(TEMPLATE)

test: node_modules/.installed
	npm test --silent

build: node_modules/.installed
	npm run --silent build

# `sam build` calls this one with the folder that the function's code goes to.
build-TypeFunction build-TestEntrypoint: build
	mkdir -p $(ARTIFACTS_DIR)
	cp -R build/TypeFunction/dist $(ARTIFACTS_DIR)/

node_modules/.installed: package.json package-lock.json
	npm ci --no-audit
	@touch $@
