from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Choice, Loop

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = "if stage == 'train':\n    fit()\nelif stage == 'deploy':\n    ship()\n    tell()\nelse:\n    help()\n"


def indented(code: str) -> str:
    return "".join(f"    {line}\n" for line in code.splitlines())


@pytest.mark.parametrize(
    ("code", "spans"),
    [
        (WORDS, [((2, 2), (4, 5), (7, 7))]),
        (f"def main(stage):\n{indented(WORDS)}", [((3, 3), (5, 6), (8, 8))]),
        ("if args.train:\n    fit()\nelif args.deploy:\n    ship()\n", [((2, 2), (4, 4))]),
        ("match stage:\n    case 'train':\n        fit()\n    case _:\n        ship()\n", [((3, 3), (5, 5))]),
        ("if stage == 'train':\n    fit()\nelse:\n    ship()\n", [((2, 2), (4, 4))]),
        ("if stage == 'train':\n    fit()\nif stage == 'deploy':\n    ship()\n", []),  # both may be
        ("if stage == 'train':\n    fit()\nelse:\n    done = True\n", []),
        ("if fresh:\n    fit()\nelse:\n    ship()\n", []),
        (f"for stage in stages:\n{indented(WORDS)}", []),  # one after the other
        (f"def go(stage):\n{indented(WORDS)}\nfor each in ('train', 'deploy'):\n    go(each)\n", []),
        (f"def go(stage):\n{indented(WORDS)}\n[go(each) for each in stages]\n", []),
        (f"def go(stage):\n    if stage == 'all':\n        go('train')\n        go('deploy')\n{indented(WORDS)}", []),
    ],
)
def test_a_choice_is_made_once(
    code: str, spans: list[tuple[tuple[int, int], ...]], stated: Callable[..., list[Any]]
) -> None:
    assert stated("run.py", code, Choice, "spans") == [(each,) for each in spans]


def test_the_lines_that_a_run_may_repeat(stated: Callable[..., list[Any]]) -> None:
    code = "for a in b:\n    c()\n    while d:\n        e()\ndef f():\n    for g in h:\n        i()\nj()\n"
    assert stated("run.py", code, Loop, "line", "end") == [(1, 4), (6, 7)]
