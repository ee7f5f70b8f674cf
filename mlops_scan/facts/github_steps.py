"""Steps of GitHub's workflows and composite actions: what they run, where, and on which events.

Source of the format: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idsteps
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan.facts import inline_code, shell
from mlops_scan.facts.checkouts import from_root
from mlops_scan.facts.github_events import passed
from mlops_scan.facts.github_expressions import condition, evaluate, outcomes, outputs, variables
from mlops_scan.facts.github_outcomes import Span, in_job, last_line, of_step, spans
from mlops_scan.facts.kinds import Command, Condition, Image, Link, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.github_events import Situation
    from mlops_scan.facts.github_expressions import Value
    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node

BY_HAND = frozenset({"manual"})
# what actions are told that run a notebook
_NOTEBOOK_INPUTS, _NOTEBOOKS = frozenset({"local-notebook-path", "notebook"}), (".ipynb", ".py")
_WILD = frozenset("*?[\n ")  # a list, or whatever is there
_SHELL_INPUTS = frozenset({"script", "run", "command", "inlineScript"})
# only a `bash` that is asked for by this name runs with `pipefail`
# https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
_ALL_TELL, _POSIX = frozenset({"bash"}), frozenset({"", "bash", "sh"})
_KEPT = ("${{secrets.", "${{vars.")
_OTHER_LANGUAGES = frozenset({"actions/github-script"})


class Around(NamedTuple):
    """What the workflow and job around a step settle for it; ``root`` is the folder that paths are seen from.

    ``heard`` are the steps whose failure makes a later step fail, though it is tolerated where it happens, ``spans``
    the lines of steps by their ids.
    """

    unit: str = ""
    ways: tuple[Situation, ...] = ()
    where: str = ""
    tolerated: bool = False
    variables: dict[str, str] = {}  # noqa: RUF012 - never changed
    passing: bool = False
    root: str = ""
    default_shell: str = ""
    heard: frozenset[str] = frozenset()
    spans: dict[str, Span] = {}  # noqa: RUF012 - never changed

    def inside(self, job: Node, unit: str, *, passing: bool) -> Around:
        """Return what a job settles for its steps."""
        return Around(
            unit,
            self.ways,
            posixpath.join(self.root, found) if (found := directory(job)) else self.where,
            is_true(job.get("continue-on-error")),
            environment(job, self.variables, self.ways),
            passing,
            self.root,
            shell_of(job) or self.default_shell or _usual_shell(job),
            frozenset(_heard(job)),
            spans(job),
        )

    def knowing(self, more: dict[str, Value]) -> Around:
        """Return what is settled where more is known in every way that the workflow is started."""
        return self._replace(ways=tuple(way._replace(known=way.known | more) for way in self.ways)) if more else self


def limits(part: Node, ways: tuple[Situation, ...]) -> tuple[str, tuple[str, ...]]:
    """Return why no event starts a job or step by itself, and the only events that start it."""
    test = part.get("if")
    if test is None:
        return "", ()
    events = frozenset(way.event for way in ways)
    possible = passed(test.text, ways)
    if not possible and (events or condition(test.text, {}) is False):
        return f"if: {test.text}", ()
    if possible == events:
        return "", ()
    return f"if: {test.text}" if possible <= BY_HAND else "", tuple(sorted(possible))


def step_facts(step: Node, number: int, around: Around) -> Iterator[Fact]:
    """Yield what one step of a job or composite action does; one that some events leave out is a unit of its own."""
    off, only = limits(step, around.ways)
    if off and not only:
        return
    if only:
        name = step.get("name")
        unit = f"{around.unit}: {number}. {name.text if name else 'step'}"
        yield Link(line=step.line, kind="unit", target=unit, unit=around.unit)
        yield Unit(line=step.line, name=unit, kind="step", off=off, only=only)
    job, around = around.unit, around._replace(unit=unit if only else around.unit)
    yield from asked(step, around.unit, last_line(step))
    yield from of_step(step, around.unit, job, around.spans)
    yield from _does(step, around)


def asked(part: Node, unit: str, end: int = 0) -> Iterator[Condition]:
    """Yield the condition that a step, up to its end, or a job stands under, where it asks for an output.

    An output of a job, or a variable of the environment, may be an output of another name.
    """
    test = part.get("if")
    names, kept = (outputs(test.text), variables(test.text)) if test else ((), ())
    if names or kept:
        stops, last = "" if end else "unit", end or part.line
        yield Condition(line=part.line, operands=names, end=last, stops=stops, unit=unit, worded=kept)
    for key in ("outputs", "env"):
        given = part.get(key)
        for name, value in given.mapping.items() if given else ():
            if taken := tuple(of for of in outputs(value.text) if of != name):
                yield Condition(value.line, (), value.line, unit=unit, kept=(name,), worded=taken)


def _does(step: Node, around: Around) -> Iterator[Fact]:
    called = name.text.lower() if (name := step.get("id")) else ""
    tolerated = around.tolerated or (is_true(step.get("continue-on-error")) and called not in around.heard)
    moved = step.get("working-directory")
    where = around.where
    if moved is not None:
        where = posixpath.join(around.root, _relative(_filled(moved.text, around.variables, around.ways))).rstrip("/")
    run = step.get("run")
    if run is not None:
        given = environment(step, around.variables, around.ways)
        text = _filled(run.text, given, around.ways)
        told = found.text if (found := step.get("shell")) else around.default_shell
        other = inline_code.language(told) if found else ""
        if other:
            yield Command(run.line, f"{other} -", around.unit, tolerated, where)
            yield from inline_code.facts(other, text, _first_line(run), around.unit, tolerated=tolerated)
            return
        stated = shell.facts(
            text,
            _first_line(run),
            around.unit,
            tolerated=tolerated,
            directory=where,
            variables={**given, **_secrets(step)},
            last_tells=_last_tells(told),
        )
        placed = (in_job(fact, around.spans, around.unit) for fact in stated)
        yield from map(_passing, placed) if around.passing else placed
    uses = step.get("uses")
    if uses is not None:
        yield from used(uses, step, around, tolerated=tolerated)


def _passing(fact: Fact) -> Fact:
    return msgspec.structs.replace(fact, passing=True) if isinstance(fact, Command) else fact


def used(uses: Node, step: Node, around: Around, *, tolerated: bool) -> Iterator[Fact]:
    """Yield what a step or job made elsewhere is, and the scripts that are handed to it."""
    unit = around.unit
    if uses.text.startswith("./"):
        target = posixpath.join(around.root, uses.text.removeprefix("./")).rstrip("/")
        if target.endswith((".yml", ".yaml")):
            yield Link(line=uses.line, kind="call", target=target, unit=unit)
        else:
            yield Link(line=uses.line, kind="file", target=f"{target}/action.yml".lstrip("/"), unit=unit)
        handed = step.get("with")
        for value in handed.mapping.values() if handed else ():
            if value.text and not {" ", "$", ":"}.intersection(value.text):
                yield Link(
                    line=value.line,
                    kind="given",
                    target=posixpath.join(around.root, value.text.removeprefix("./")),
                    unit=unit,
                )
        return
    if uses.text.startswith("docker://"):
        yield Image(line=uses.line, name=uses.text.removeprefix("docker://"), unit=unit)
        return
    given = step.get("with")
    inputs = given.mapping if given else {}
    arguments = {name: value.text or ", ".join(item.text for item in value.items) for name, value in inputs.items()}
    arguments = {name: _filled(text, {}, around.ways) for name, text in arguments.items()}
    name = uses.text.partition("@")[0]
    yield Uses(line=uses.line, name=name, arguments=arguments, unit=unit, tolerated=tolerated)
    for key, value in inputs.items() if name not in _OTHER_LANGUAGES else ():
        if key in _SHELL_INPUTS:
            yield from shell.facts(value.text, _first_line(value), unit, tolerated=tolerated)
        elif key in _NOTEBOOK_INPUTS and value.text.endswith(_NOTEBOOKS) and not _WILD.intersection(value.text):
            yield Link(value.line, "file", posixpath.normpath(posixpath.join(around.root, value.text)), unit)


def environment(part: Node, outer: dict[str, str], ways: tuple[Situation, ...]) -> dict[str, str]:
    """Return the variables that a workflow, job or step sets to what can be known, with those around it."""
    env = part.get("env")
    stated = {name: _filled(value.text, outer, ways) for name, value in (env.mapping if env else {}).items()}
    hidden = {name for name, value in stated.items() if "$" in value or "\n" in value}
    known = {name: value for name, value in {**outer, **stated}.items() if name not in hidden}
    return known if stated else outer


def _secrets(step: Node) -> dict[str, str]:
    """Return the variables of a step that hold a secret or setting of the repository, as it is asked for."""
    env = step.get("env")
    said = {name: value.text.replace(" ", "") for name, value in (env.mapping if env else {}).items()}
    return {name: text for name, text in said.items() if text.startswith(_KEPT) and text.count("${{") == 1}


def _filled(text: str, variables: dict[str, str], ways: tuple[Situation, ...]) -> str:
    """Put in the values of expressions that every event but a person's starts with."""
    start = text.find("${{")
    while start >= 0:
        end = text.find("}}", start)
        if end < 0:
            break
        value = _value(text[start + 3 : end], variables, ways)
        if value:
            text = text[:start] + value + text[end + 2 :]
            end = start + len(value) - 2
        start = text.find("${{", end + 2)
    return text


def _value(expression: str, variables: dict[str, str], ways: tuple[Situation, ...]) -> str:
    """Return the text of an expression's value, empty where it is not known or not always the same."""
    known: dict[str, Value] = {f"env.{name.lower()}": value for name, value in variables.items()}
    automatic = tuple(way for way in ways if way.event not in BY_HAND) or ways
    values = {_plain(evaluate(expression, {**way.known, **known})) for way in automatic}
    return values.pop() if len(values) == 1 else ""


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) and "\n" not in value else ""


def _heard(job: Node) -> Iterator[str]:
    """Yield the steps for whose outcome a later step asks that can end with an error by itself."""
    steps = job.get("steps")
    for step in steps.items if steps else ():
        run, test = step.get("run"), step.get("if")
        if run is not None and "exit 1" in run.text:
            yield from outcomes(f"{test.text if test else ''} {run.text}")


def is_true(node: Node | None) -> bool:
    """Tell whether a setting is switched on."""
    return node is not None and node.text == "true"


def directory(part: Node) -> str:
    """Return the folder in which the steps of a workflow or job run by default."""
    found = part.get("defaults", "run", "working-directory")
    return _relative(found.text) if found else ""


def shell_of(part: Node) -> str:
    """Return the shell that the steps of a workflow or job use by default; empty where nothing is said."""
    found = part.get("defaults", "run", "shell")
    return found.text if found else ""


def _last_tells(shell: str) -> bool:
    """Tell whether a pipe ends as its last program does: also in ``bash -l {0}``, which names its options."""
    return shell not in _ALL_TELL and "pipefail" not in shell and shell.partition(" ")[0] in _POSIX


def _usual_shell(job: Node) -> str:
    """Return the shell of a machine with Windows, which tells how a pipe's first program ended; empty for others."""
    machine = job.get("runs-on")
    return "pwsh" if machine and machine.text.startswith("windows") else ""


def _relative(folder: str) -> str:
    root = from_root(folder)
    folder = folder if root is None else root
    return "" if "$" in folder or folder in {".", "./"} else folder.removeprefix("./").rstrip("/")


def _first_line(run: Node) -> int:
    """Return the line of a block's first text line: the mark of a block scalar is that of its ``|``."""
    return run.line + 1 if "\n" in run.text else run.line
