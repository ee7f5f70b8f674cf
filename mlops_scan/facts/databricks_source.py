"""Notebooks of Databricks kept as source: their magic lines as Python.

Source of the format: https://docs.databricks.com/aws/en/notebooks/notebook-export-import and
https://docs.databricks.com/aws/en/notebooks/notebook-workflows (``%run`` brings all names of another notebook).
"""

from __future__ import annotations

_HEAD = "# Databricks notebook source"
_MAGIC = "# MAGIC "


def plain(text: str) -> str:
    """Return the Python of such a notebook, line by line; any other text as it is."""
    if not text.startswith(_HEAD):
        return text
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    magic = line.strip().removeprefix(_MAGIC).lstrip()
    if magic.startswith("%run "):
        return _brought(magic.removeprefix("%run").split()[0]) if magic.split()[1:] else ""
    return line[: len(line) - len(line.lstrip())] + "pass" if line.lstrip().startswith("%") else line


def _brought(notebook: str) -> str:
    """Return the import that stands for running a notebook that lies beside, below or above; else nothing."""
    parts = notebook.strip("\"'").split("/")
    above = sum(part == ".." for part in parts)
    named = [part for part in parts if part not in {".", ".."}]
    known = parts[0] in {".", ".."} and all(map(str.isidentifier, named)) and named
    return f"from {'.' * (above + 1)}{'.'.join(named)} import *" if known else ""
