"""What a step tells its runner: outputs, the summary, and messages beside the log.

Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

# a summary over 1 MiB is refused whole
MOST_SUMMARY = 1024 * 1024
_ESCAPES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})


def output(name: str, value: str) -> None:
    """Set an output of the step; the mark that ends it cannot be foreseen by what is inside."""
    end = secrets.token_hex(16)
    _append("GITHUB_OUTPUT", f"{name}<<{end}\n{value}\n{end}\n")


def summary(text: str) -> None:
    """Add to the summary of the step, unless it would be refused."""
    if len(text.encode()) < MOST_SUMMARY:
        _append("GITHUB_STEP_SUMMARY", text)


def tell(kind: str, message: str) -> None:
    """Show a message beside the run: ``kind`` is notice, warning or error."""
    print(f"::{kind} title=mlops-scan::{message.strip().translate(_ESCAPES)}", flush=True)


def show(title: str, text: str) -> None:
    """Show a text in the log, folded; nothing in it is taken as a command."""
    token = secrets.token_hex(16)
    print(f"::group::{title}\n::stop-commands::{token}\n{text}\n::{token}::\n::endgroup::", flush=True)


def _append(variable: str, text: str) -> None:
    with Path(os.environ[variable]).open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)
