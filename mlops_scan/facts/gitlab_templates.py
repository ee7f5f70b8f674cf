"""Jobs of GitLab that other files extend, or whose scripts they refer to.

Source of the format: https://docs.gitlab.com/ci/yaml/yaml_optimization/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.gitlab_rules import Pipelines
    from mlops_scan.facts.node import Node

_SCRIPTS = ("before_script", "script", "after_script")
_SAYING = ("rules", "when", "except")
# how many jobs one may extend, each through others
_MOST = 20


def used(document: Node) -> frozenset[str]:
    """Return the jobs that others of the same file are made of."""
    extended = (part.text for job in document.mapping.values() for part in _parents(job))
    referred = (name for job in document.mapping.values() for name, _ in _referred(job))
    return frozenset((*extended, *referred))


def says_when(job: Node) -> bool:
    """Tell whether a job says on which events it starts; which files have to change says nothing of these."""
    only = job.get("only")
    return any(job.get(key) for key in _SAYING) or (only is not None and (bool(only.items) or bool(only.get("refs"))))


def asked(name: str, job: Node, document: Node, within: Pipelines) -> Iterator[Link]:
    """Yield what a job is made of that another file holds, with the events that start it where that says nothing."""
    usual = "" if says_when(job) else " ".join(within.usual)
    for parent in _elsewhere(job, document):
        yield Link(parent.line, "extends", parent.text, name, usual)
    for other, line in _referred(job):
        if document.get(other) is None:
            yield Link(line, "extends", other, name)


def _parents(job: Node) -> tuple[Node, ...]:
    extends = job.get("extends")
    return extends.items if extends is not None else ()


def _elsewhere(job: Node, document: Node) -> Iterator[Node]:
    """Yield the jobs of other files that a job extends, also through those of its own file."""
    waiting, met = list(_parents(job)), set[str]()
    for parent in waiting:  # which grows while it is gone through
        if parent.text not in met and len(met) < _MOST:
            met.add(parent.text)
            here = document.get(parent.text)
            waiting.extend(_parents(here) if here is not None else ())
            yield from () if here is not None else (parent,)


def _referred(job: Node) -> Iterator[tuple[str, int]]:
    """Yield the jobs to whose scripts a script refers, with the line: ``!reference [.setup, script]``."""
    for key in _SCRIPTS:
        script = job.get(key)
        for item in script.items if script is not None else ():
            if item.items[1:] and item.items[0].text.startswith("."):
                yield item.items[0].text, item.line
