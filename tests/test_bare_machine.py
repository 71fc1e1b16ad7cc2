"""The README's two commands on a Debian that has Python, make and git, and nothing else."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / ".ci/bare-machine"
CANNOT = 77
MISSING_THERE = ("bubblewrap", "chromium", "initdb")


@pytest.mark.long
def test_lab_and_test_work_for_an_ordinary_user_and_each_skip_says_which_program_is_missing():
    run = subprocess.run([SCRIPT], capture_output=True, text=True)
    if run.returncode == CANNOT:
        pytest.skip(run.stderr.strip().splitlines()[-1])
    assert run.returncode == 0, run.stdout[-5000:] + run.stderr[-2000:]
    assert "make lab: the server answers 200" in run.stdout
    skipped = re.findall(r"^SKIPPED .*?: (.*)$", run.stdout, re.MULTILINE)
    assert skipped
    assert [reason for reason in skipped if not reason.startswith(MISSING_THERE)] == []
