"""Blocks of Jenkinsfiles: which stages a stage comes after, and which steps may fail without failing theirs.

Sources: https://www.jenkins.io/doc/book/pipeline/syntax/#parallel and
https://www.jenkins.io/doc/pipeline/steps/workflow-basic-steps/ (``catchError``, ``warnError``)
"""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlops_scan.facts.tokens import Token

# what hands the status of a script on, instead of failing by it
_STATUS = "returnStatus:"
_STAGE, _PARALLEL, _TRY, _CATCH = "stage", "parallel", "try", "catch"
# what runs whatever came before
_WHATEVER = frozenset({_CATCH, "finally", "post"})
_FORGIVING = frozenset({"catchError", "warnError"})
# what lets a build fail nevertheless
_FAILING = frozenset({"throw", "error", "FAILURE"})
_HEADS = frozenset({_STAGE, _PARALLEL, *_WHATEVER})
_EXCUSING = frozenset({_TRY, *_FORGIVING})
# steps that run a script
RUNNING = frozenset({"sh", "bat", "powershell", "pwsh"})
# tokens between the word that opens a block and its bracket
_HEAD = 12
# parallel stages that the next one is known to wait for; people write a few
_MOST = 20


class Blocks(NamedTuple):
    """Of a stage, by the place of its token, the stages that must not have failed before.

    And the places of steps that may fail without failing their stage.
    """

    after: dict[int, tuple[str, ...]]
    forgiven: frozenset[int]


class _Block:
    """An open block: what stands before it, what has ended in it, and the name of the stage that it is."""

    def __init__(self, head: str, name: str, before: tuple[str, ...]) -> None:
        self.head, self.name, self.before = head, name, before
        self.done: tuple[str, ...] | None = None

    def reached(self) -> tuple[str, ...]:
        """Return what must not have failed for the next stage in the block to start."""
        return self.before if self.done is None or self.head == _PARALLEL else self.done


def blocks(found: Sequence[Token]) -> Blocks:
    """Return the order of a pipeline's stages, and what is forgiven."""
    after: dict[int, tuple[str, ...]] = {}
    open_blocks = [_Block("", "", ())]
    heads: dict[int, tuple[str, str]] = {}
    for place, token in enumerate(found):
        if token.kind == "name" and token.text in _HEADS:
            opening = _opening(found, place)
            name = _named(found, place) if token.text == _STAGE else ""
            heads[opening] = (token.text, name)
            if token.text == _STAGE:
                after[place] = open_blocks[-1].reached()
        elif _is(token, "{"):
            _open(open_blocks, *heads.get(place, ("", "")))
        elif _is(token, "}") and open_blocks[1:]:
            _close(open_blocks)
    return Blocks(after, frozenset(_forgiven(found)))


def _forgiven(found: Sequence[Token]) -> Iterator[int]:
    """Yield the places of what may fail: in blocks that forgive it, and steps that hand their status on."""
    ends = ends_of(found)
    failing = list(itertools.accumulate((part.text in _FAILING for part in found), initial=0))
    changes: Counter[int] = Counter()
    for place, token in enumerate(found):
        opening = _opening(found, place) if token.kind == "name" and token.text in _EXCUSING else -1
        if opening > 0 and _is_forgiving(found, place, opening, ends, failing):
            changes.update((opening,))
            changes.subtract((ends.get(opening, len(found)),))
        elif token.text == _STATUS:
            yield from itertools.islice((n for n in range(place, max(place - _HEAD, -1), -1) if _runs(found[n])), 1)
    depth = 0
    for place in range(len(found)):
        depth += changes[place]
        if depth:
            yield place


def _runs(token: Token) -> bool:
    return token.kind == "name" and token.text in RUNNING


def _open(open_blocks: list[_Block], head: str, name: str) -> None:
    around = open_blocks[-1]
    open_blocks.append(_Block(head, name, () if head in _WHATEVER else around.reached()))


def _close(open_blocks: list[_Block]) -> None:
    """Let what stands around a block know what it leaves behind."""
    block, around = open_blocks.pop(), open_blocks[-1]
    if block.head in _WHATEVER:
        around.done = ()
        return
    left = (block.name,) if block.head == _STAGE and not block.done else block.done
    if left is not None:
        around.done = (*(around.done or ()), *left)[:_MOST] if around.head == _PARALLEL else left


def ends_of(found: Sequence[Token]) -> dict[int, int]:
    """Return where each block ends, by the place of its bracket."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for place, token in enumerate(found):
        if _is(token, "{"):
            opened.append(place)
        elif _is(token, "}") and opened:
            ends[opened.pop()] = place
    return ends


def _opening(found: Sequence[Token], place: int) -> int:
    """Return where the block of a word opens; nowhere where it has none."""
    near = range(place + 1, min(place + _HEAD, len(found)))
    return next((number for number in near if _is(found[number], "{")), -1)


def _named(found: Sequence[Token], place: int) -> str:
    return next((part.text for part in found[place + 1 : place + _HEAD] if part.kind == "string"), "")


def _is_forgiving(
    found: Sequence[Token], place: int, opening: int, ends: dict[int, int], failing: Sequence[int]
) -> bool:
    """Tell whether a block lets what fails in it fail no build."""
    word = found[place].text
    if word in _FORGIVING:
        said = {part.text for part in found[place:opening]}
        return word == "warnError" or bool(said & {"SUCCESS", "UNSTABLE"})
    closed = ends.get(opening, len(found))
    if word != _TRY or closed + 1 >= len(found) or found[closed + 1].text != _CATCH:
        return False
    caught = _opening(found, closed + 1)
    return caught > 0 and failing[caught] == failing[ends.get(caught, caught)]


def _is(token: Token, bracket: str) -> bool:
    return token.text == bracket and token.kind != "string"
