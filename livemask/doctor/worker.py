"""What runs in the process of a check: it answers in JSON on standard output."""

import dataclasses
import json
import os
import sys


def main() -> None:
    """Run the check that the command line names."""
    answer = _keep_clean_output()
    from livemask.doctor.examination import found

    module, *arguments = sys.argv[1:]
    findings = [dataclasses.asdict(finding) for finding in found(module, tuple(arguments))]
    with os.fdopen(answer, "w", encoding="utf-8") as stream:
        json.dump(findings, stream)


def _keep_clean_output() -> int:
    """Return a copy of standard output, which from now on goes where errors go: libraries chat."""
    answer = os.dup(1)
    os.dup2(2, 1)
    return answer
