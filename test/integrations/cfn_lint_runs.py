"""Runs of cfn-lint for the tests, in a process that has loaded it once: to load it takes longer than to run it.

Reads a run from each line of standard input and writes what became of it, both as JSON.
"""

import json
import os
import sys
import tempfile

from cfnlint.runner.cli import main


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
