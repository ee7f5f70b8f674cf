"""A step is run with each value of the matrix that it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Command, Uses

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = ".github/workflows/ci.yml"
JOB = """\
on: push
jobs:
  run:
    runs-on: ubuntu-latest
    strategy:
      matrix:
{}
    steps:
      - {}
"""


def ran(stated: Callable[..., list[Any]], matrix: str, step: str) -> list[str]:
    text = JOB.format("\n".join(f"        {line}" for line in matrix.splitlines()), step)
    return [run for (run,) in stated(PATH, text, Command, "run")]


@pytest.mark.parametrize(
    ("matrix", "step", "runs"),
    [
        ("cmd: [pytest, ruff check]", "run: ${{ matrix.cmd }}", ["pytest", "ruff check"]),
        ("part: [a, b]\nos: [x, y]", "run: make ${{ matrix.part }}", ["make a", "make b"]),
        ("part: [{name: a, do: ls}]", "run: ${{ matrix.part.do }} ${{ matrix.part.name }}", ["ls a"]),
        ("include:\n  - part: a\n  - part: b", "run: make ${{ matrix.part }}", ["make a", "make b"]),
        ("part: [a]\ninclude:\n  - part: b", "run: make ${{ matrix.part }}", ["make a", "make b"]),
        (
            "part: [a, b]\ninclude:\n  - part: a\n    file: x",
            "run: cp ${{ matrix.part }} ${{ matrix.file }}",
            ["cp a x", "cp b ${{matrix.file}}"],
        ),
        ("part: [a, b]", "{if: matrix.part == 'a', run: 'make ${{ matrix.part }}'}", ["make a"]),
    ],
)
def test_a_step_runs_with_each_value(stated: Callable[..., list[Any]], matrix: str, step: str, runs: list[str]) -> None:
    assert ran(stated, matrix, step) == runs


@pytest.mark.parametrize(
    ("matrix", "step", "runs"),
    [
        ("part: ${{ fromJSON(needs.list.outputs.parts) }}", "run: make ${{ matrix.part }}", ["make ${{matrix.part}}"]),
        ("part: [a, b]", "run: make all", ["make all"]),
        ("part: [a, b]", "run: make ${{ matrix.other }}", ["make ${{matrix.other}}"]),
        ("exclude:\n  - part: a", "run: make ${{ matrix.part }}", ["make ${{matrix.part}}"]),
    ],
)
def test_what_is_not_known_stays_as_written(
    stated: Callable[..., list[Any]], matrix: str, step: str, runs: list[str]
) -> None:
    assert ran(stated, matrix, step) == runs


def test_what_an_action_is_given_is_known_too(stated: Callable[..., list[Any]]) -> None:
    text = JOB.format("        part: [a, b]", "{uses: x/build@v1, with: {context: './${{ matrix.part }}'}}")
    assert [given["context"] for (given,) in stated(PATH, text, Uses, "arguments")] == ["./a", "./b"]


def test_no_matrix_makes_more_than_a_few_runs(stated: Callable[..., list[Any]]) -> None:
    many = ", ".join(f"p{number}" for number in range(1000))
    assert len(ran(stated, f"part: [{many}]", "run: make ${{ matrix.part }}")) == 20
