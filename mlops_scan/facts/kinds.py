"""The kinds of facts: what one line of one file states, blind to tools.

A fact names its line (1-based; 0 speaks of the whole file) and, where it can run, its *unit*: the smallest thing in
that file which runs it. Units are named inside their file: a job id, a make target, a qualified Python function; the
empty name is the file itself (a script's top level).

Names are dotted and resolved: ``from sklearn.svm import SVC as S; m = S(); m.fit(X)`` states the call
``sklearn.svm.SVC.fit``. What hangs on an unknown object keeps only its last name: ``.fit``. Names that
the file itself defines carry its module path: ``churn.train.run``.
"""

from __future__ import annotations

import msgspec

from mlops_scan.diagnostics import Diagnostic as Diagnostic  # noqa: PLC0414 - part of a reading


class Fact(msgspec.Struct, frozen=True, tag_field="fact", gc=False, omit_defaults=True):
    """What all facts have: the line that states them."""

    line: int


class Import(Fact, frozen=True, tag="import"):
    """A name made available: ``from a.b import c`` states ``a.b.c``.

    ``alias`` is what the file calls it, where that is something else; ``*`` where it takes every name of a module.
    ``needed`` is the module without which a file of tests cannot be loaded; a path where that is told from its folder.
    """

    name: str
    unit: str = ""
    alias: str = ""
    needed: str = ""


class Call(Fact, frozen=True, tag="call"):
    """A function or method called.

    ``arguments`` maps keywords, and positions as "0", "1", …, to their text: literals as they read (``None``, ``True``,
    ``0.5``, the bare string), lists of literals joined by blanks, names and calls as their resolved dotted name,
    f-strings with ``{}`` for what is not literal, anything else as ``…``; under ``**`` keywords that may be unknown.
    ``references`` maps the same keys (behind a dot the place within a list or inner call: ``steps.0``) to the dotted
    names that are handed over: callbacks, tasks, operators, objects. An object is named by its variable, like a
    function: ``churn.flow.build.job`` is what ``build`` in ``churn/flow.py`` calls ``job``.
    ``owners`` are the objects that the call makes, or is asked of, named inside the file; ``asked`` is the latter.
    ``parted``: the data that it is given are two parts of one data set, as train and test are.
    ``filled`` maps the same keys to texts that names of elsewhere fill, which stand in braces; see `python_filled`.
    """

    name: str
    arguments: dict[str, str] = {}
    unit: str = ""
    references: dict[str, str] = {}
    owners: tuple[str, ...] = ()
    asked: str = ""
    parted: bool = False
    filled: dict[str, str] = {}


class Decorator(Fact, frozen=True, tag="decorator"):
    """A decorator on the definition named ``unit``; the rest as in `Call`."""

    name: str
    arguments: dict[str, str] = {}
    unit: str = ""
    references: dict[str, str] = {}
    asked: str = ""
    filled: dict[str, str] = {}


class Definition(Fact, frozen=True, tag="definition"):
    """A function or class up to ``end``; the ``bases`` of classes and what functions say they give back are dotted."""

    name: str
    kind: str
    end: int
    bases: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    returns: str = ""


class Condition(Fact, frozen=True, tag="condition"):
    """A comparison (``<``, ``>``, ``<=``, ``>=``) that decides what the lines to ``end`` do.

    ``operands`` are the names and string keys compared, or the function asked; ``stops`` says what one outcome ends:
    ``run`` (raise, assert, a non-zero exit, a cancel), ``unit`` (return, exit without error), or nothing.
    One that decides nothing by itself is ``kept`` under these names, for whoever asks: attributes, keys, arguments, the
    function that answers; ``deploy:0`` is what ``deploy`` is given first. ``bare``: no function is asked, these are
    flags of which it is not known what sets them; ``asks``: nothing is compared by order, the test takes an answer, or
    asks whether there is one; ``worded`` names are held against a word (``decision=promote``), with which such verdicts
    are kept too. ``block``: a pipeline asks this of its steps' results, by order or for a word that one of them gave.
    ``alone``: what is compared is held against numbers, and against nothing else that the program knows.
    """

    operands: tuple[str, ...]
    end: int
    stops: str = ""
    unit: str = ""
    kept: tuple[str, ...] = ()
    bare: bool = False
    block: bool = False
    asks: bool = False
    alone: bool = False
    worded: tuple[str, ...] = ()


class Conditional(Fact, frozen=True, tag="conditional"):
    """Lines of a template, to ``end``, that stand only under a condition on what it is rendered with, as written."""

    end: int
    condition: str


class Choice(Fact, frozen=True, tag="choice"):
    """Branches, each from its first line to its last, of which a run takes only one."""

    spans: tuple[tuple[int, int], ...]


class Loop(Fact, frozen=True, tag="loop"):
    """Lines of a program, to ``end``, that one run may run more than once."""

    end: int


class Switch(Fact, frozen=True, tag="switch"):
    """Lines of a program, to ``end``, that run only where it is given one of its options, or is not given any."""

    end: int
    options: tuple[str, ...]
    given: bool


class Guarded(Fact, frozen=True, tag="guarded"):
    """Lines of a Python file, to ``end``, that are run only where it is the program, and not where it is imported."""

    end: int


class Test(Fact, frozen=True, tag="test"):
    """An automated test; ``asserts`` is false for placeholders (no assertion, ``assert True``, skipped)."""

    name: str
    asserts: bool


class Assertion(Fact, frozen=True, tag="assertion"):
    """The first place where a file of tests that has no test functions can fail: run as a script, it tests."""


class Command(Fact, frozen=True, tag="command"):
    """One program with its arguments, wrappers and environment assignments taken off.

    Behind ``git push`` stands the address of its remote, where the same text tells that. ``tolerated``: its failure
    does not fail the unit (``|| true``, ``continue-on-error``). ``directory``: where it runs, relative to the
    repository root; empty when that is the root or unknown. ``passing``: the machine that it runs on is gone when the
    unit ends, with all that it has started there. ``fed``: the command whose output a pipe hands to it; ``into``: the
    file that its own output is written to. ``beside``: it goes on in the background while the unit runs what follows.
    """

    run: str
    unit: str = ""
    tolerated: bool = False
    directory: str = ""
    passing: bool = False
    fed: str = ""
    into: str = ""
    beside: bool = False


class Uses(Fact, frozen=True, tag="uses"):
    """A step made elsewhere: a GitHub action, CircleCI orb, Azure task, Bitbucket pipe; name without version.

    A step of a Jenkins plugin is named as it is called, ``jenkins:docker.build``, with what its result is asked for; a
    task of Airflow by the class of its operator, ``airflow:SageMakerTrainingOperator``; one of KFP, ``kfp:gcp/x``.
    """

    name: str
    arguments: dict[str, str] = {}
    unit: str = ""
    tolerated: bool = False


class Image(Fact, frozen=True, tag="image"):
    """A container image that a unit runs in or starts from, as written."""

    name: str
    unit: str = ""


class Copied(Fact, frozen=True, tag="copied"):
    """A file or folder, as written and seen from the build's context, that an image, or a service, holds at a path."""

    source: str
    target: str
    unit: str = ""  # a service of a compose file


class Setting(Fact, frozen=True, tag="setting"):
    """A leaf of a configuration document: dotted key (list positions as ``0``, ``1``, …) and its text."""

    key: str
    value: str


class Variable(Fact, frozen=True, tag="variable"):
    """An environment variable that a file gives to what it starts, and its text as written."""

    name: str
    value: str


class Resource(Fact, frozen=True, tag="resource"):
    """A declared piece of infrastructure.

    ``api_version`` is Kubernetes' own, or ``terraform``, ``cloudformation``, ``compose``, ``arm``, ``bicep``;
    ``kind`` the type (``InferenceService``, ``aws_sagemaker_endpoint``, ``AWS::SageMaker::Endpoint``).
    """

    api_version: str
    kind: str
    name: str = ""
    settings: tuple[Setting, ...] = ()


class Dependency(Fact, frozen=True, tag="dependency"):
    """A package that a tool installs; ``name`` normalised as in PEP 503, ``version`` the specifier as written.

    ``pinned``: exactly one version (``==``, a hash, a lock file). ``lock``: stated by a lock file, or brought by
    another package alone. ``group``: ``""`` for what is needed to run, else the extra or group (``dev``, …).
    """

    name: str
    version: str = ""
    pinned: bool = False
    lock: bool = False
    group: str = ""


class Unit(Fact, frozen=True, tag="unit"):
    """Something that runs; ``alias`` is how other files call it: a workflow's name, a dag id, ``flow/deployment``.

    ``kind`` is workflow, job, step, target, task, stage, pipeline, script, notebook, service, container, image-build,
    deployment, asset, console-script, loop, page, resource (what something starts) or template (what jobs extend).
    ``off`` says why no trigger starts it by itself; ``only`` are the events that do, where a condition leaves some out.
    """

    name: str
    kind: str
    off: str = ""
    only: tuple[str, ...] = ()
    alias: str = ""


class Trigger(Fact, frozen=True, tag="trigger"):
    """What starts a unit (the empty unit: all units of the file).

    ``event``: push, pull-request, tag, release, schedule, upstream, event, monitor, call, manual.
    ``detail``: branch, cron expression, workflow or event name, as written; ``pausing``: the variable that pauses it.
    """

    event: str
    detail: str = ""
    unit: str = ""
    pausing: str = ""


class Link(Fact, frozen=True, tag="link"):
    """A unit runs something else.

    ``kind`` says what ``target`` names: ``unit`` (in the same file), ``after`` (one that must end first), ``behind``
    (one that must not have failed before), ``file`` (a path from the repository's root), ``image``, ``function``
    (``package.module:name``), ``workflow`` (a CI workflow, by its file's name or its own), ``event`` (sent to whoever
    listens), ``call`` (the file of a CI workflow that waits to be called), ``name`` (the alias of a unit of another
    file), ``upon`` (the function, object or alias whose run starts the unit), ``resource`` (of the same folder, by
    address or type and name), ``module`` (the folder of a Terraform module), ``object`` and ``started-by`` (an object,
    named as in `Call`, which the unit starts, or which starts it), ``seed`` (the file that a code repository begins
    with, parameters of the function around in braces; or that repository), ``approval`` (a person approves what
    follows), ``script`` (a console script), ``archive`` (a function as ``folder/file.py:name``, seen from the folder of
    this file or one above; ``packed`` in what a unit ``archived``), ``given`` (what may be a file, handed on),
    ``route`` (as ``function``, or a module, that runs only when asked for), ``kept`` (a unit of the same file that
    something unknown may run), ``workspace`` (a notebook, by its place), ``extends`` (a template).

    ``event``: what starts the target then, if not what started the unit (of a template: usually); ``said``: its name.
    """

    kind: str
    target: str
    unit: str = ""
    event: str = ""
    said: str = ""


class Reading(msgspec.Struct, frozen=True):
    """What a reader made of one file."""

    facts: tuple[Fact, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
