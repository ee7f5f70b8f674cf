"""The shapes of a tool file. The JSON Schema beside this module is generated from them.

In a signature the keys are AND and the items of a list are OR. Every text is a glob (``*``, ``?``, ``[ab]``),
compared whole and case-sensitively with what the fact states; see ``facts/kinds.py`` for how facts read.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

Text = Annotated[str, Meta(min_length=1)]
Glob = Annotated[str, Meta(min_length=1, max_length=200)]
Globs = Annotated[tuple[Glob, ...], Meta(min_length=1)]
Role = Literal["product", "test", "docs", "example"]
Act = Literal[
    "prepares",  # makes the data or features that training reads
    "trains",  # fits a model
    "evaluates",  # measures a model on data
    "validates",  # decides by a metric whether a model goes on
    "selects",  # finds only models that measure well enough
    "registers",  # stores a model under a name and version
    "loads",  # reads a trained model back
    "predicts",  # applies a model to data
    "serves",  # answers requests
    "stores",  # keeps records for later use
    "uploads",  # puts a file where others read it: into a bucket, or in the place of the model in use
    "consults",  # looks up which version of a model is the one in use
    "repoints",  # says which version that is: it deploys it where what runs follows
    "deploys",  # changes what runs in a target environment
    "provisions",  # declares what others stand on, and nothing that runs
    "monitors",  # watches data or predictions of a running model
    "tests",  # runs automated tests
    "lints",  # runs a linter, formatter or type checker
    "builds",  # builds a package or image
    "publishes",  # pushes a package or image where others take it
]
Event = Literal["push", "pull-request", "tag", "release", "schedule", "upstream", "event", "monitor", "manual"]


class Signature(Struct, frozen=True, forbid_unknown_fields=True, tag_field="fact", rename="kebab", kw_only=True):
    """What all signatures may ask: in which files (a glob without a slash matches the name in any folder)."""

    path: Globs | None = None
    not_path: Globs | None = None


class ImportSignature(Signature, tag="import", frozen=True):
    """A module or name imported: ``mlflow``, ``sklearn.ensemble.*``.

    Example: ``name = ["acme_ml", "acme_ml.*"]``.
    """

    name: Globs
    not_name: Globs | None = None


class CallSignature(Signature, tag="call", frozen=True):
    """A call by its resolved dotted name; ``.fit`` is ``fit`` on an object whose class is not known.

    With ``asserts = true`` only in a file that asserts something, in a test or as a script. ``parted = false`` leaves
    out what is given two parts of one data set, as train and test are. With ``calls`` only in a file that calls one of
    these too, with ``not-calls`` in one that calls none. ``asked`` is the object of which it is asked, or that is
    called as what made it is: ``name = ["acme_ml.load"], asked = ["?*"]`` is ``model(rows)``.
    Example: ``name = ["acme_ml.*.log_model"], with = { registered_name = ["*"] }``.
    """

    name: Globs
    not_name: Globs | None = None
    with_: dict[str, Globs] | None = field(default=None, name="with")
    without: dict[str, Globs] | None = None
    imports: Globs | None = None
    not_imports: Globs | None = None
    calls: Globs | None = None
    not_calls: Globs | None = None
    asserts: Literal[True] | None = None
    parted: bool | None = None
    asked: Globs | None = None


class DecoratorSignature(Signature, tag="decorator", frozen=True):
    """A decorator by its resolved dotted name.

    Example: ``name = ["acme_ml.step"], without = { enabled = ["False"] }``.
    """

    name: Globs
    with_: dict[str, Globs] | None = field(default=None, name="with")
    without: dict[str, Globs] | None = None
    imports: Globs | None = None


class DefinitionSignature(Signature, tag="definition", frozen=True):
    """A function or class that the file defines, by name or by what it inherits.

    With ``defines`` only in a file that defines one of these too: what can be fitted and can predict is a model; with
    ``calls`` only in one that calls one of these. ``given`` are globs over all that a function is given, with blanks
    between: ``*epochs*batch*``.
    Example: ``kind = ["class"], base = ["acme_ml.Trainer"]``.
    """

    name: Globs | None = None
    kind: Annotated[tuple[Literal["function", "class", "module"], ...], Meta(min_length=1)] | None = None
    base: Globs | None = None
    given: Globs | None = None
    imports: Globs | None = None
    defines: Globs | None = None
    calls: Globs | None = None


class ConditionSignature(Signature, tag="condition", frozen=True):
    """A comparison that decides what happens next, by the names that it compares.

    ``bare = false`` leaves out flags of which it is not known what sets them; ``block = true`` asks for the block of a
    pipeline that is run by what its steps gave. ``beside = true`` leaves out what is named where it is held against
    numbers alone.
    Example: ``operand = ["*auc*", "*rmse*"], stops = ["run"]``.
    """

    operand: Globs
    not_operand: Globs | None = None
    imports: Globs | None = None
    stops: Annotated[tuple[Literal["run", "unit"], ...], Meta(min_length=1)] | None = None
    bare: bool | None = None
    block: bool | None = None
    beside: Literal[True] | None = None


class CommandSignature(Signature, tag="command", frozen=True):
    """A program that a script, target, container or CI step runs, with its arguments: ``dvc repro*``.

    ``not-fed`` are commands whose output a pipe does not hand to it. ``passing = false`` leaves out what runs on a
    machine that is gone with the CI job; ``asserts = true`` takes only what a file starts that asserts something.
    Example: ``run = ["acme deploy *"], not-run = ["*--dry-run*"]``.
    """

    run: Globs
    not_run: Globs | None = None
    not_fed: Globs | None = None
    passing: bool | None = None
    asserts: Literal[True] | None = None


class UsesSignature(Signature, tag="uses", frozen=True):
    """A ready-made CI step (action, orb, task, pipe, hook), by its name without version.

    Example: ``name = ["acme/deploy-action"], with = { environment = ["prod*"] }``.
    """

    name: Globs
    with_: dict[str, Globs] | None = field(default=None, name="with")
    without: dict[str, Globs] | None = None


class ImageSignature(Signature, tag="image", frozen=True):
    """A container image by its reference as written.

    Example: ``name = ["registry.acme.example/serving*"]``.
    """

    name: Globs
    not_name: Globs | None = None


class SettingSignature(Signature, tag="setting", frozen=True):
    """A leaf of a YAML, TOML, JSON or INI file: dotted key and text.

    Example: ``path = ["acme.yaml"], key = ["monitors.*.kind"], value = ["drift"]``.
    """

    key: Globs
    not_key: Globs | None = None
    value: Globs | None = None
    not_value: Globs | None = None


class ResourceSignature(Signature, tag="resource", frozen=True):
    """A declared resource (Kubernetes, Terraform, CloudFormation, compose), by kind and by one of its settings.

    Example: ``api_version = ["ml.acme.example/*"], kind = ["Model"], key = ["spec.canary"]``.
    """

    kind: Globs
    api_version: Globs | None = field(default=None, name="api_version")
    name: Globs | None = None
    not_name: Globs | None = None
    key: Globs | None = None
    value: Globs | None = None
    not_value: Globs | None = None


class DependencySignature(Signature, tag="dependency", frozen=True):
    """A package that the repository declares (name as in PEP 503) or, with ``lock = true``, that a lock file states.

    ``version`` is the specifier as a reader states it: without blanks, its parts in order.

    Example: ``name = ["acme-ml"], pinned = true``.
    """

    name: Globs
    version: Globs | None = None
    lock: bool | None = None
    pinned: bool | None = None


class FileSignature(Signature, tag="file", frozen=True):
    """A file that exists, by its ``path``.

    Example: ``path = ["acme.yaml", "models/*.acme"]``.
    """


class TestSignature(Signature, tag="test", frozen=True):
    """An automated test with a real assertion; ``imports`` asks what its file imports.

    ``elsewhere`` leaves out the tests of files that import one of these and nothing that is of the repository: what
    they ask runs elsewhere.

    Example: ``imports = ["acme_ml.testing*"]``.
    """

    imports: Globs | None = None
    elsewhere: Globs | None = None
    name: Globs | None = None
    not_name: Globs | None = None


AnySignature = (
    ImportSignature
    | CallSignature
    | DecoratorSignature
    | DefinitionSignature
    | ConditionSignature
    | CommandSignature
    | UsesSignature
    | ImageSignature
    | SettingSignature
    | ResourceSignature
    | DependencySignature
    | FileSignature
    | TestSignature
)


class Finds(Struct, frozen=True, forbid_unknown_fields=True):
    """A file that the detector recognises; the text is realistic, as a repository would hold it."""

    path: Text
    text: str


class Ignores(Struct, frozen=True, forbid_unknown_fields=True):
    """A file that looks alike and proves nothing, with the reason."""

    path: Text
    text: str
    why: Text


class Detector(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One question asked of one tool's traces.

    It ``proves`` capabilities, or names an ``act`` that chains end in, or a ``trigger`` that chains start from.
    ``weak`` evidence is shown and never counts. ``roles`` are the roles of files that may prove it.
    ``alongside`` names detectors of which one must have evidence in the repository too, else it stays weak;
    so it does with fewer traces than ``at_least`` in the whole repository: two stages make a pipeline, one does not.
    """

    id: Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9-]*$")]
    summary: Text
    proves: Annotated[tuple[Text, ...], Meta(min_length=1)] | None = None
    act: Act | None = None
    trigger: Event | None = None
    strength: Literal["strong", "weak"] = "strong"
    roles: Annotated[tuple[Role, ...], Meta(min_length=1)] = ("product",)
    alongside: Annotated[tuple[Text, ...], Meta(min_length=1)] | None = None
    at_least: Annotated[int, Meta(ge=2)] | None = None
    signature: Annotated[tuple[AnySignature, ...], Meta(min_length=1)]
    finds: Annotated[tuple[Finds, ...], Meta(min_length=1)]
    ignores: Annotated[tuple[Ignores, ...], Meta(min_length=1)]


class Tool(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A tool file: ``id`` is the file's name, ``packages`` the distributions that bring the tool.

    A package among a repository's dependencies is weak evidence for whatever the tool's detectors prove, and a
    repository that is itself one of the packages gets no credit for the tool. ``extended_by`` are globs over the groups
    of entry points by which others plug into it, ``shares`` globs over the folders where it looks for their parts.
    ``names`` are words by which packages that go with it are named, and nothing else is: ``acme`` of ``acme-client``.
    """

    id: Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9-]*$")]
    name: Text
    homepage: Annotated[str, Meta(pattern="^https?://")]
    packages: tuple[Text, ...] = ()
    extended_by: tuple[Text, ...] = ()
    shares: tuple[Text, ...] = ()
    names: tuple[Text, ...] = ()
    detector: Annotated[tuple[Detector, ...], Meta(min_length=1)]
