"""Runs of cfn-lint for the tests, in a process that has loaded it and its rules once: to load them takes longer than to run them.

Reads a run from each line of standard input and writes what became of it, both as JSON.
"""

import functools
import gc
import json
import os
import sys
import tempfile

from cfnlint.config import _DEFAULT_RULESDIR
from cfnlint.rules import Rules
from cfnlint.runner.cli import main

# A fork gets cfn-lint's own rules as they were loaded, before any run; those of its configuration it loads itself.
Rules.create_from_directory = functools.cache(Rules.create_from_directory)
Rules.create_from_directory(_DEFAULT_RULESDIR)

# To look for garbage in a fork would copy all memory that it shares with this process: most of what a run took.
gc.disable()
gc.freeze()


def run(cwd, words, env, stdin):
    """The exit code of `cfn-lint`, and what it has written."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin.encode())
        given.seek(0)
        child = os.fork()
        if child == 0:
            for descriptor, file in enumerate((given, out, err)):
                os.dup2(file.fileno(), descriptor)
            os.chdir(cwd)
            os.environ.clear()
            os.environ.update(env)
            sys.stdin = open(0, encoding="utf-8")
            sys.argv = ["cfn-lint", *words]
            sys.exit(main())
        _, status = os.waitpid(child, 0)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode())
        return {"status": os.waitstatus_to_exitcode(status), "stdout": texts[0], "stderr": texts[1]}


for line in sys.stdin:
    print(json.dumps(run(**json.loads(line))), flush=True)
