from __future__ import annotations

import json

import pytest

from mlops_scan.facts import notebooks
from mlops_scan.facts.kinds import Call


def read(*cells: str) -> tuple[list[str], int]:
    """Return what the cells of a notebook call, and how many of them could not be read."""
    document = {"nbformat": 4, "cells": [{"cell_type": "code", "source": cell} for cell in cells]}
    reading = notebooks.read("a.ipynb", json.dumps(document, indent=1).encode())
    return [fact.name.lstrip(".") for fact in reading.facts if isinstance(fact, Call)], len(reading.diagnostics)


@pytest.mark.parametrize(
    "cell",
    ["  fit()\n  show()", "\n  # first\n  fit()\n  show()", "\tfit()\n\tshow()", "  fit()\nshow()"],
    ids=["pasted", "comment-first", "tabs", "less-behind"],
)
def test_a_cell_that_is_indented_as_a_whole_runs(cell: str) -> None:
    assert read("start()", cell) == (["start", "fit", "show"], 0)


@pytest.mark.parametrize("cell", ["fit()\n  show()", "if go:\nfit()"], ids=["later-line", "block"])
def test_a_cell_that_is_indented_wrongly_loses_only_itself(cell: str) -> None:
    assert read("start()", cell) == (["start"], 1)
