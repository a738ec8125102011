# `make demo`, `make test` and `make planner` need Node, npm and make, and nothing else. The others say what they need.
SHELL := /bin/sh
TEMPLATE ?= examples/hpc-scratch.yaml
CFN_TEST ?= cfn test

.PHONY: demo test build planner planner-test generate contract release submit register role live build-TypeFunction build-TestEntrypoint

demo: node_modules/.installed
	npm run --silent demo -- $(TEMPLATE)

test: node_modules/.installed
	npm test --silent

build: node_modules/.installed
	npm run --silent build

# The page to plan with: build/planner/index.html, one file that needs nothing else.
planner: node_modules/.installed
	npm run --silent bundle -- planner

# The page in a browser, which has to be installed: Chromium or Chrome, or the one that CHROME names.
planner-test: node_modules/.installed
	PLANNER_TEST=required npx jest test/planner

# After a change of schema.json: models, role and property pages. Needs the CloudFormation CLI, which writes no page over.
generate:
	cfn validate
	grep -l '^# Pangea::FSx::LustreFileSystem' manual/*.md | xargs rm -f
	cfn generate

# AWS's contract suite on the built function, against a local FSx. Needs the CloudFormation CLI.
contract: build
	npm run --silent contract -- $(CFN_TEST)

# The package that CloudFormation registers, with its checksum, in build/release.
release: node_modules/.installed
	npm run --silent release

# Registers the type and makes this version the default. Needs the CloudFormation CLI and an account. With ROLE, the ARN that
# `make role` prints, the handlers run with that role instead of resource-role.yaml.
submit: given-REGION node_modules/.installed
	cfn submit --set-default --region $(REGION) $(if $(ROLE),--role-arn $(ROLE))

# The same as infrastructure as code: a stack of deploy/register.yaml. Needs the AWS CLI and a bucket in that region.
# PARAMETERS holds further parameters of the template: 'S3Buckets=one,two RolePath=/platform/'.
register: given-REGION given-BUCKET release
	package=s3://$(BUCKET)/pangea-fsx-lustrefilesystem/$$(cut -c1-16 build/release/*.sha256).zip && \
	aws s3 cp build/release/*.zip $$package --region $(REGION) && \
	aws cloudformation deploy --region $(REGION) --stack-name pangea-fsx-lustrefilesystem \
	  --template-file deploy/register.yaml --capabilities CAPABILITY_IAM \
	  --parameter-overrides Package=$$package $(PARAMETERS)

# The execution role of deploy/register.yaml alone, for `make submit ROLE=...`; prints its ARN. Needs the AWS CLI.
role: given-REGION
	aws cloudformation deploy --region $(REGION) --stack-name pangea-fsx-lustrefilesystem-execution-role \
	  --template-file deploy/register.yaml --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset \
	  --parameter-overrides Package= $(PARAMETERS)
	@aws cloudformation describe-stacks --region $(REGION) \
	  --stack-name pangea-fsx-lustrefilesystem-execution-role --output text \
	  --query "Stacks[0].Outputs[?OutputKey=='ExecutionRoleArn'].OutputValue"

# A file system's life in a real account, for a few cents: says what it does, and asks. Needs the AWS CLI. WITH=s3,kms,logs
# links it to what stands beside it.
live: given-REGION given-SUBNET node_modules/.installed
	npm run --silent live -- --region $(REGION) --subnet $(SUBNET) $(if $(WITH),--with $(WITH)) \
	  $(if $(BUCKET),--bucket $(BUCKET)) $(if $(KEY),--key $(KEY)) $(if $(DEPLOYMENT),--deployment $(DEPLOYMENT))

# `sam build` calls these with the folder that the function's code goes to.
build-TypeFunction build-TestEntrypoint: node_modules/.installed
	npm run --silent bundle -- TypeFunction
	mkdir -p $(ARTIFACTS_DIR)
	cp -R build/TypeFunction/dist $(ARTIFACTS_DIR)/

node_modules/.installed: package.json package-lock.json
	npm ci --no-audit
	@touch $@

given-%:
	@test -n "$($*)" || { echo "Say which $*: make ... $*=..." >&2; exit 2; }
