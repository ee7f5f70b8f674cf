"""The values that the matrix of a job of GitHub's workflows gives to a step: the step is run with each of them.

Source of the format:
https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.github_expressions import Value
    from mlops_scan.facts.node import Node

_CONTEXT = "matrix."
_OPEN, _CLOSE = "${{", "}}"
# what changes the combinations instead of naming values
_INCLUDE, _EXCLUDE = "include", "exclude"
_MOST = 20
_MAX_PARTS = 500


def bindings(job: Node, step: Node) -> tuple[dict[str, Value], ...]:
    """Return what is known of the matrix in each run of a step, as far as the step asks for it; at least one."""
    matrix = job.get("strategy", "matrix")
    asked = frozenset(_asked(step)) if matrix is not None and matrix.mapping else frozenset()
    if matrix is None or not asked:
        return ({},)
    listed = {
        key: below.items
        for key, below in matrix.mapping.items()
        if key.lower() in asked and key not in {_INCLUDE, _EXCLUDE}
    }
    product = itertools.islice(itertools.product(*listed.values()), _MOST)
    found = [_known(dict(zip(listed, values, strict=True))) for values in product]
    included = matrix.get(_INCLUDE)
    for entry in included.items if included else ():
        more = _known({key: value for key, value in entry.mapping.items() if key.lower() in asked})
        if more and not _joined(found, more, frozenset(f"{_CONTEXT}{key.lower()}" for key in listed)):
            found.append(more)
    several = [known for known in found if known] or [{}]
    return tuple(several[:_MOST])


def _joined(found: list[dict[str, Value]], more: dict[str, Value], original: frozenset[str]) -> bool:
    """Add to each combination what an entry says besides; tell whether it was of one of them."""
    same = [known for known in found if original and all(known.get(key) == more[key] for key in original & more.keys())]
    for known in same:
        known.update(more)
    return bool(same)


def _known(values: dict[str, Node]) -> dict[str, Value]:
    """Return the values by the names that expressions call them by."""
    known: dict[str, Value] = {}
    for key, value in values.items():
        if value.mapping:
            known |= {
                f"{_CONTEXT}{key}.{name}".lower(): below.text for name, below in value.mapping.items() if below.text
            }
        elif value.text and _OPEN not in value.text:
            known[f"{_CONTEXT}{key}".lower()] = value.text
    return known


def _asked(step: Node) -> Iterator[str]:
    """Yield the keys of the matrix that the texts of a step ask for."""
    waiting = [step]
    for node in waiting:  # which grows while it is gone through
        waiting.extend(list(node.mapping.values() or (() if node.text else node.items))[: _MAX_PARTS - len(waiting)])
        for piece in node.text.split(_CONTEXT)[1:] if _CONTEXT in node.text else ():
            yield "".join(itertools.takewhile(lambda letter: letter.isalnum() or letter in "_-", piece)).lower()
