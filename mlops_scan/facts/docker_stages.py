"""Stages of a Dockerfile: which of them an image is made of.

Source of the format: https://docs.docker.com/build/building/multi-stage/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlops_scan.facts.dockerfile import Instruction

_FROM, _AS = "FROM", "AS"
_ENTRY, _COMMAND = "ENTRYPOINT", "CMD"
_STARTING = frozenset({_ENTRY, _COMMAND})


class Stage(NamedTuple):
    """What a stage does itself, the stage of the file that it stands on, and whether one of them starts something."""

    own: tuple[Instruction, ...]
    base: Stage | None
    starts: bool


def running(instructions: Sequence[Instruction]) -> tuple[Instruction, ...]:
    """Return what makes the image that runs: the last stage, with those below it.

    One that stands on another stage and starts nothing, as where tests run, is not what is meant to run: the last stage
    that starts something is.
    """
    stages = _stages(instructions)
    last = stages[-1]
    if last.base is not None and not last.starts:
        last = next((stage for stage in reversed(stages) if stage.starts), last)
    return _whole(last)


def _stages(instructions: Sequence[Instruction]) -> list[Stage]:
    first = [number for number, instruction in enumerate(instructions) if instruction.word == _FROM]
    named: dict[str, Stage] = {}
    found: list[Stage] = []
    for begin, end in zip(first, [*first[1:], len(instructions)], strict=True):
        own = tuple(instructions[begin:end])
        words = [part for part in own[0].text.split() if not part.startswith("--")]
        base = named.get(words[0].lower()) if words else None
        starts = any(instruction.word in _STARTING for instruction in own)
        found.append(Stage(own, base, starts or (base is not None and base.starts)))
        if [word.upper() for word in words[1:2]] == [_AS] and words[2:]:
            named[words[2].lower()] = found[-1]
    return found


def _whole(stage: Stage) -> tuple[Instruction, ...]:
    """Return what a stage is made of; another entry point takes no command that was meant for the one below."""
    parts: list[tuple[Instruction, ...]] = []
    anew = False
    below: Stage | None = stage
    while below is not None:
        parts.append(tuple(one for one in below.own if not (anew and one.word == _COMMAND)))
        anew, below = anew or any(one.word == _ENTRY for one in below.own), below.base
    return tuple(instruction for part in reversed(parts) for instruction in part)
