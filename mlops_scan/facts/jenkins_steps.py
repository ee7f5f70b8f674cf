"""Steps that plugins bring to Jenkins, and the methods of the objects that they make: ``image.push()``.

Sources: https://www.jenkins.io/doc/pipeline/steps/ and https://docs.cloudbees.com/docs/cloudbees-ci/latest/pipelines/docker-workflow
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.tokens import Token

PREFIX = "jenkins:"
# tokens and characters that no pipeline needs, and without which time and names grow with the square of a file
_LONGEST_CALL, _LONGEST_NAME = 2_000, 300
# a call may stand without brackets: `docker.build name`
_WORDS = frozenset({"name", "string"})


def facts(found: list[Token], number: int, unit: str, made: dict[str, str]) -> Iterator[Uses]:
    """Yield the steps called from here on; ``made`` keeps what variables hold, by the call that made it."""
    if found[number].kind != "name" or _text(found, number - 1) == ".":
        return
    place, name = _dotted(found, number, made.get(found[number].text, found[number].text))
    while _called(found, place) and len(name) < _LONGEST_NAME:
        yield Uses(line=found[place].line, name=f"{PREFIX}{name}", unit=unit)
        if _text(found, number - 1) == "=":
            made[_text(found, number - 2)] = name
        end = _end(found, place + 1)
        if _text(found, end + 1) != ".":
            return
        place, name = _dotted(found, end, name)


def _dotted(found: list[Token], number: int, name: str) -> tuple[int, str]:
    """Return where a dotted name that goes on behind a place ends, and the name."""
    while _text(found, number + 1) == "." and number + 2 < len(found) and len(name) < _LONGEST_NAME:
        number += 2
        name = f"{name}.{found[number].text}"
    return number, name


def _called(found: list[Token], place: int) -> bool:
    """Tell whether the name at a place is called: by brackets, or by what stands behind it on its line."""
    after = found[place + 1] if place + 1 < len(found) else None
    if after is None or after.text == "(":
        return after is not None
    dotted = _text(found, place - 1) == "."
    return after.line == found[place].line and after.kind in _WORDS and (dotted or after.text.endswith(":"))


def _end(found: list[Token], opening: int) -> int:
    """Return where a bracket closes again; a call without brackets ends where it begins."""
    depth = 0
    for place in range(opening, min(opening + _LONGEST_CALL, len(found))):
        depth += (found[place].text == "(") - (found[place].text == ")")
        if depth <= 0:
            return place
    return len(found)


def _text(found: list[Token], number: int) -> str:
    return found[number].text if 0 <= number < len(found) else ""
