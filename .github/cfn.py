"""The CloudFormation CLI where nobody has an account: moto answers STS, and what is local stays local."""

import sys

from moto import mock_aws
from rpdk.core.cli import main

with mock_aws(config={"core": {"passthrough": {"urls": [r"http://127\.0\.0\.1.*"]}}}):
    sys.exit(main())
