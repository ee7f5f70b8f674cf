"""The lines that an assessment rests on, for reports that show them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan import masks, sources
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mlops_scan.assessment import Assessment
    from mlops_scan.sources import Source

    Quote = Callable[[str, int], "Quoted"]

_LONGEST = 1000


class Quoted(NamedTuple):
    """A line as it stands in a file, without the space around it; empty where there is none.

    ``hidden`` tells that it, or a line beside it, names a secret, so that it is not shown; ``committed`` that the
    file is that of the commit.
    """

    text: str = ""
    hidden: bool = False
    committed: bool = False


_NONE = Quoted()


def none(_path: str, _line: int) -> Quoted:
    """Quote nothing."""
    return _NONE


def of(source: Source, assessment: Assessment) -> Quote:
    """Return what quotes the lines of an assessment; files are read, once, when the first line is asked for."""
    read: list[Mapping[tuple[str, int], Quoted]] = []

    def quote(path: str, line: int) -> Quoted:
        if not read:
            read.append(dict(_read(source, assessment)))
        return read[0].get((path, line), _NONE)

    return quote


def _read(source: Source, assessment: Assessment) -> Iterator[tuple[tuple[str, int], Quoted]]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for path, line in _places(assessment):
        wanted[path].add(line)
    same = sources.unchanged(source)
    for file, data in sources.read_all(source, (file for file in source.files if file.path in wanted)):
        if isinstance(data, bytes):
            lines, committed = decode(data).split("\n"), same(file, data)
            for line in wanted[file.path]:
                yield (file.path, line), _quoted(lines, line, committed=committed)


def _places(assessment: Assessment) -> Iterator[tuple[str, int]]:
    answers = (proven for answer in assessment.capabilities for proven in answer.evidence)
    use_cases = (proven for use_case in assessment.use_cases for proven in use_case.evidence)
    for proven in (*assessment.kind_evidence, *answers, *use_cases):
        yield proven.path, proven.line
        yield from ((step.path, step.line) for step in proven.chain)


def _quoted(lines: list[str], number: int, *, committed: bool) -> Quoted:
    """Return a line; the name of a secret and its value may stand in lines of their own, one below the other."""
    text = lines[number - 1].strip()[:_LONGEST] if 0 < number <= len(lines) else ""
    beside = lines[max(number - 2, 0) : number + 1]
    hidden = bool(text) and any(masks.names_secret(line) for line in beside)
    return Quoted("" if hidden else masks.masked(text), hidden, committed)
