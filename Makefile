# `make demo`, `make test` and `make planner` require only Node, npm and make. The others say what they require.
SHELL := /bin/sh
TEMPLATE ?=
CFN_TEST ?= cfn test
ROLE_ARN = aws cloudformation describe-stacks --region $(REGION) \
	  --stack-name pangea-fsx-lustrefilesystem-execution-role --output text \
	  --query "Stacks[0].Outputs[?OutputKey=='ExecutionRoleArn'].OutputValue"

.PHONY: demo test build package planner planner-test generate contract compat release submit register role prune live live-hook build-TypeFunction build-TestEntrypoint

# A template that is refused is shown as well, so it is no error of make: `npm run demo -- FILE` exits with 1 for one.
demo: node_modules/.installed
	@npm run --silent demo -- $(if $(TEMPLATE),"$(TEMPLATE)") $(if $(HOOK),--hook $(HOOK)) $(if $(REPLACEMENT),--hook-replacement $(REPLACEMENT)) || test $$? -eq 1

test: node_modules/.installed
	npm test --silent

build: node_modules/.installed
	npm run --silent build

# The package for npm, pangea-lustre: the folder that `npm publish` takes in build/npm, and its tarball in build.
package: node_modules/.installed
	npm run --silent package

# The page to plan with: build/planner/index.html, one file that requires nothing else.
planner: node_modules/.installed
	npm run --silent bundle -- planner

# The page in a browser, which must be installed: Chromium or Chrome, or the one that CHROME names.
planner-test: node_modules/.installed
	PLANNER_TEST=required npx jest test/planner

# After a change of schema.json: models, role and property pages. Requires the CloudFormation CLI, which writes no page over.
generate:
	cfn validate
	rm -f manual/reference/*.md
	cfn generate

# AWS's contract suite on the built function, against a local FSx. Requires the CloudFormation CLI.
contract: build
	npm run --silent contract -- $(CFN_TEST)

# The AWS CLI, boto3 and Terraform against a local FSx, as far as they are installed. DESTROY=1: with the ten minutes that
# Terraform's deletion of a file system always takes.
compat: node_modules/.installed
	npm run --silent compat -- $(if $(DESTROY),--destroy)

# What a release consists of, in build/release: the package that CloudFormation registers and the one for npm, each with its
# checksum and its bill of materials.
release: node_modules/.installed
	npm run --silent release

# Registers the type and makes this version the default. Requires the CloudFormation CLI, the AWS CLI and an account. The
# handlers run with the narrow role of deploy/register.yaml, which `make role` deploys, or with ROLE, the ARN of another one.
# The CLI empties build/ first.
submit: given-REGION node_modules/.installed $(if $(ROLE),,role)
	cfn submit --set-default --region $(REGION) --role-arn "$(or $(ROLE),$$($(ROLE_ARN)))"

# The same as infrastructure as code: a stack of deploy/register.yaml. Requires the AWS CLI and a bucket in that region.
# PARAMETERS holds further parameters of the template: 'S3Buckets=one,two RolePath=/platform/'.
register: given-REGION given-BUCKET release
	package=s3://$(BUCKET)/pangea-fsx-lustrefilesystem/$$(cut -c1-16 build/release/*.zip.sha256).zip && \
	aws s3 cp build/release/*.zip "$$package" --region $(REGION) && \
	aws cloudformation deploy --region $(REGION) --stack-name pangea-fsx-lustrefilesystem \
	  --template-file deploy/register.yaml --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset \
	  --parameter-overrides Package=$$package $(PARAMETERS)

# The execution role of deploy/register.yaml alone; prints its ARN. Requires the AWS CLI.
role: given-REGION
	aws cloudformation deploy --region $(REGION) --stack-name pangea-fsx-lustrefilesystem-execution-role \
	  --template-file deploy/register.yaml --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset \
	  --parameter-overrides Package= $(PARAMETERS)
	@$(ROLE_ARN)

# Deregisters all versions except the default one and the newest KEEP: the registry allows fifty. Lists them, and asks.
prune: given-REGION node_modules/.installed
	npm run --silent prune -- --region $(REGION) $(if $(KEEP),--keep $(KEEP))

# A file system's life in a real account, for a few cents: says what it does, and asks. Requires the AWS CLI. WITH=s3,kms,logs
# links it to other resources.
live: given-REGION given-SUBNET node_modules/.installed
	npm run --silent live -- --region $(REGION) --subnet $(SUBNET) $(if $(WITH),--with $(WITH)) \
	  $(if $(BUCKET),--bucket $(BUCKET)) $(if $(KEY),--key $(KEY)) $(if $(DEPLOYMENT),--deployment $(DEPLOYMENT))

# The Lambda Hook in a real account, without a file system: says what it does, and asks. Requires the AWS CLI.
live-hook: given-REGION node_modules/.installed
	npm run --silent live-hook -- --region $(REGION)

# `sam build` calls these with the folder that the function's code goes to.
build-TypeFunction build-TestEntrypoint: node_modules/.installed
	npm run --silent bundle -- TypeFunction
	mkdir -p "$(ARTIFACTS_DIR)"
	cp -R build/TypeFunction/dist "$(ARTIFACTS_DIR)/"

node_modules/.installed: package.json package-lock.json
	@echo 'Installing the packages that it is built with: up to a minute, once.'
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

given-%:
	@test -n "$($*)" || { echo "Specify $*: make ... $*=..." >&2; exit 2; }
