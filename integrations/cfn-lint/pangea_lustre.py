"""
A rule for cfn-lint: what Amazon FSx for Lustre would refuse, found by `pangea-lustre check`.

    # .cfnlintrc.yaml
    append_rules:
      - node_modules/pangea-lustre/integrations/cfn-lint

E9501 are errors, W9501 warnings. The command is the one that the configuration of E9501 names
(`configure_rules: {E9501: {command: ...}}`), that PANGEA_LUSTRE names, that of node_modules/.bin of the working
directory or of a directory above it, or the one on PATH.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any

from cfnlint.rules import CloudFormationLintRule, RuleMatch

NAME = "pangea-lustre"
INSTALL = (
    "install the package pangea-lustre where cfn-lint runs, put the command on PATH, or specify it in the environment "
    "variable PANGEA_LUSTRE or in the configuration of the rule E9501 (command)"
)
NODE = "Node.js was not found, and pangea-lustre requires it: install Node.js 20 or later"

# A template without these words has no Lustre file system, and costs no run of the command.
TYPES = ("AWS::FSx::FileSystem", "Pangea::FSx::LustreFileSystem")

# Seconds. A template that takes longer is broken, or the machine is.
LONGEST = 120


class Unavailable(Exception):
    """The command cannot run; the message says what to do."""


class _Settings:
    command = ""
    region = ""


def _command() -> list[str]:
    named = _Settings.command or os.environ.get("PANGEA_LUSTRE", "")
    found = shutil.which(named) if named else _installed() or shutil.which(NAME)
    if named and not found and os.path.isfile(named):
        found = named
    if not found:
        raise Unavailable(f"{named or NAME} was not found: {INSTALL}.")
    if not found.endswith((".js", ".cjs", ".mjs")):
        return [found]
    node = shutil.which("node")
    if not node:
        raise Unavailable(f"{NODE}.")
    return [node, found]


def _installed() -> str | None:
    folder = os.getcwd()
    while True:
        found = shutil.which(NAME, path=os.path.join(folder, "node_modules", ".bin"))
        above = os.path.dirname(folder)
        if found or above == folder:
            return found
        folder = above


def _run(command: list[str], options: list[str], text: str | None) -> list[dict[str, Any]]:
    words = [*command, *options]
    try:
        done = subprocess.run(
            words,
            input=text,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"{NAME} took longer than {LONGEST} seconds and was ended.") from error
    except OSError as error:
        reason = NODE if isinstance(error, FileNotFoundError) else f"{words[0]} cannot be run: {error.strerror}"
        raise Unavailable(f"{reason}.") from error
    # What `env node` ends with where there is no Node.
    if done.returncode == 127:
        raise Unavailable(f"{NODE}.")
    if done.returncode not in (0, 1):
        raise Unavailable(_first_sentence(done.stderr) or f"{NAME} ended with {done.returncode}.")
    stranger = f"{command[-1]} did not answer as {NAME} does: {INSTALL}."
    try:
        findings = json.loads(done.stdout)
    except ValueError as error:
        raise Unavailable(stranger) from error
    if not isinstance(findings, list) or not all(_is_finding(each) for each in findings):
        raise Unavailable(stranger)
    return findings


def _is_finding(each: Any) -> bool:
    return isinstance(each, dict) and all(isinstance(each.get(name), str) for name in ("message", "rule", "severity"))


def _first_sentence(text: str) -> str:
    """The line in which the command says what is wrong; what Node prints of itself has further ones."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = [line for line in lines if line.startswith(f"{NAME}: ")]
    return (told or [line for line in lines if "Error" in line] or lines or [""])[0]


def _source(cfn: Any) -> tuple[list[str], str | None]:
    """The template as the command takes it: its file, or what cfn-lint read from standard input."""
    if cfn.filename and os.path.isfile(cfn.filename):
        return ["--", os.path.abspath(cfn.filename)], None
    return ["--", "-"], json.dumps(cfn.template, default=str)


def _has_file_system(cfn: Any) -> bool:
    if cfn.filename and os.path.isfile(cfn.filename):
        with open(cfn.filename, encoding="utf-8", errors="replace") as file:
            text = file.read()
    else:
        text = json.dumps(cfn.template, default=str)
    return any(name in text for name in TYPES)


class _Review:
    """What the command says of a template, asked once for both rules."""

    def __init__(self, cfn: Any) -> None:
        self.cfn = cfn
        self.findings: list[dict[str, Any]] = []
        self.failure = ""
        try:
            if _has_file_system(cfn):
                words, text = _source(cfn)
                region = ["--region", _Settings.region] if _Settings.region else []
                self.findings = _run(_command(), ["check", "--format", "json", *region, *words], text)
        except Unavailable as error:
            self.failure = str(error)
        except OSError as error:
            self.failure = f"{cfn.filename} cannot be read: {error.strerror}."


_last: _Review | None = None


def _review(cfn: Any) -> _Review:
    global _last  # pylint: disable=global-statement
    if _last is None or _last.cfn is not cfn:
        _last = _Review(cfn)
    return _last


def _path(cfn: Any, finding: dict[str, Any]) -> list[str | int]:
    """As far as the template has it: directives such as ignore_checks go by it."""
    names = str(finding.get("property", "")).replace("[", ".").replace("]", "").split(".")
    path: list[str | int] = ["Resources", finding.get("logicalId", "")]
    place: Any = cfn.template
    for name in path:
        place = place.get(name) if isinstance(place, dict) else None
    if not isinstance(place, dict):
        return []
    for name in ["Properties", *names]:
        key: str | int = int(name) if isinstance(place, list) and name.isdigit() else name
        try:
            place = place[key]
        except (KeyError, IndexError, TypeError):
            break
        path.append(key)
    return path


def _match(cfn: Any, finding: dict[str, Any]) -> RuleMatch:
    when = finding.get("when")
    message = finding.get("message", "")
    text = f"{message} This is so where {when}." if when else message
    places = [finding.get(name) for name in ("line", "column", "endLine", "endColumn")]
    # A template from standard input was handed on as JSON, whose lines are not those of the author.
    is_file = bool(cfn.filename and os.path.isfile(cfn.filename))
    if is_file and all(isinstance(place, int) for place in places):
        location = tuple(place - 1 for place in places)  # type: ignore[operator]
        return RuleMatch(_path(cfn, finding), f"{text} [{finding.get('rule', '')}]", location=location)
    return RuleMatch(_path(cfn, finding), f"{text} [{finding.get('rule', '')}]")


class LustreErrors(CloudFormationLintRule):
    """What FSx would refuse."""

    id = "E9501"
    shortdesc = "Amazon FSx for Lustre would refuse it"
    description = "What `pangea-lustre check` finds in file systems of Amazon FSx for Lustre: capacities, tiers, EFA, S3 links and more"
    tags = ["resources", "fsx", "lustre"]

    def __init__(self) -> None:
        super().__init__()
        self.config_definition = {
            "command": {"default": "", "type": "string"},
            "region": {"default": "", "type": "string"},
        }
        self.configure()

    def configure(self, configs: Any = None, experimental: bool = False) -> None:
        super().configure(configs, experimental)
        _Settings.command = self.config["command"]
        _Settings.region = self.config["region"]

    def match(self, cfn: Any) -> list[RuleMatch]:
        review = _review(cfn)
        failures = [RuleMatch([], review.failure, location=(0, 0, 0, 0))] if review.failure else []
        return failures + [_match(cfn, each) for each in review.findings if each.get("severity") != "warning"]


class LustreWarnings(CloudFormationLintRule):
    """What FSx may refuse."""

    id = "W9501"
    shortdesc = "Amazon FSx for Lustre may refuse it"
    description = "What `pangea-lustre check` warns of in file systems of Amazon FSx for Lustre: refusals that are likely and not on record"
    tags = ["resources", "fsx", "lustre"]

    def match(self, cfn: Any) -> list[RuleMatch]:
        return [_match(cfn, each) for each in _review(cfn).findings if each.get("severity") == "warning"]
