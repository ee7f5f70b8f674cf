"""Which signatures a fact answers, looked up by the kind of fact and its most telling word."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from mlops_scan import spec
from mlops_scan.catalogue import Entry
from mlops_scan.facts import kinds
from mlops_scan.globs import matcher
from mlops_scan.signatures import Compiled, Scope, compile_signature, setting_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TELLING = ("base", "operand", "name", "run", "kind", "key")


class Asked(msgspec.Struct, frozen=True, dict=True):
    """A signature with the detector that asks it, and the globs over the most telling text of a fact, to ask by.

    Most signatures meet no fact of a repository, so they are compiled when first asked.
    """

    entry: Entry
    signature: spec.Signature
    telling: tuple[str, ...]

    @functools.cached_property
    def compiled(self) -> Compiled:
        """Return the questions of the signature."""
        return compile_signature(self.signature)

    @functools.cached_property
    def tells(self) -> Callable[[str], bool]:
        """Return what tells whether a text is one that the signature may ask for."""
        return matcher(self.telling)

    def of(self, scope: Scope) -> bool:
        """Tell whether the detector asks this of a file."""
        return scope.role in self.entry.detector.roles and self.compiled.answers_scope(scope)


class Index:
    """Signatures by the kind of fact and by the most telling word of what they ask for."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        """Index every signature of the entries."""
        self.entries = entries
        self._kinds: dict[str, dict[str, list[Asked]]] = defaultdict(lambda: defaultdict(list))
        self._memo: dict[tuple[str, str], tuple[Asked, ...]] = {}
        for entry in entries:
            for signature in entry.detector.signature:
                self._add(Asked(entry, signature, _telling(signature)))

    def _add(self, asked: Asked) -> None:
        tag = _tag(type(asked.signature))
        for bucket in sorted({_bucket(tag, glob) for glob in asked.telling}):
            self._kinds[tag][bucket].append(asked)

    def of_file(self, scope: Scope) -> Iterator[Asked]:
        """Yield the file signatures that the file answers."""
        return (asked for asked in self._kinds["file"]["*"] if asked.of(scope))

    def of_facts(self, scope: Scope) -> Callable[[kinds.Fact], Iterator[Asked]]:
        """Return what yields the signatures that a fact of that file answers; what is asked of the file is kept."""
        asked_of_file: dict[int, bool] = {}

        def of_fact(fact: kinds.Fact) -> Iterator[Asked]:
            tag = _tag(type(fact))
            near = {id(asked): asked for text in _told(fact) for asked in self._candidates(tag, text)}
            for key, asked in near.items():
                if key not in asked_of_file:
                    asked_of_file[key] = asked.of(scope)
                if asked_of_file[key] and asked.compiled.answers_fact(fact):
                    yield asked

        return of_fact

    def _candidates(self, tag: str, text: str) -> tuple[Asked, ...]:
        known = self._memo.get((tag, text))
        if known is None:
            buckets = self._kinds.get(tag, {})
            near = (asked for bucket in _near(tag, text) for asked in buckets.get(bucket, ()))
            known = self._memo[tag, text] = tuple(asked for asked in near if asked.tells(text))
        return known


@functools.cache
def _tag(kind: type[msgspec.Struct]) -> str:
    return str(kind.__struct_config__.tag)


def _telling(signature: spec.Signature) -> tuple[str, ...]:
    """Return the globs over what `_told` says of a fact; a signature that asks for none of it takes any."""
    return next((getattr(signature, key) for key in _TELLING if getattr(signature, key, None)), ("*",))


def _told(fact: kinds.Fact) -> tuple[str, ...]:
    """Return the texts of a fact by which signatures are looked up."""
    if isinstance(fact, kinds.Condition):
        return fact.operands
    return (name_of(fact), *fact.bases) if isinstance(fact, kinds.Definition) else (name_of(fact),)


def _bucket(tag: str, glob: str) -> str:
    """Return the literal word that a glob asks for: a call's last name, a command's program, an import's package.

    Where a dotted name ends in a wildcard it is its first name, with a dot behind: ``mlflow.``.
    """
    first, word = _words(tag, glob)
    return word if not _is_wild(word) else "*" if not first or _is_wild(first) else first


def _near(tag: str, text: str) -> dict[str, None]:
    """Return the words under which what a text answers may stand."""
    first, word = _words(tag, text)
    return dict.fromkeys(("*" if _is_wild(word) else word, *((first,) if first else ()), "*"))


def _words(tag: str, text: str) -> tuple[str, str]:
    """Return the first name of a dotted one, with a dot behind (else nothing), and the most telling word."""
    if tag in {"call", "decorator", "definition", "setting"}:
        return text.partition(".")[0] + "." if "." in text else "", text.rpartition(".")[2]
    if tag == "command":
        return "", text.partition(" ")[0]
    if tag == "import":
        return "", text.partition(".")[0]
    return "", text if tag in {"resource", "uses"} else "*"


def _is_wild(word: str) -> bool:
    return any(special in word for special in "*?[")


def name_of(fact: kinds.Fact) -> str:
    """Return the most telling text of a fact: its name, command line, key or kind."""
    attribute = _telling_attribute(type(fact))
    return str(getattr(fact, attribute)) if attribute else ""


@functools.cache
def _telling_attribute(kind: type[kinds.Fact]) -> str:
    if kind is kinds.Resource:
        return "kind"
    return next((key for key in ("name", "run", "key") if key in kind.__struct_fields__), "")


def line_of(signature: spec.Signature, fact: kinds.Fact) -> int:
    """Return the line that proves it: for a resource asked for a setting, that setting's."""
    if isinstance(signature, spec.ResourceSignature) and isinstance(fact, kinds.Resource) and signature.key:
        setting = setting_of(signature, fact)
        return setting.line if setting else fact.line
    return fact.line


def words(fact: kinds.Fact) -> str:
    """Say a fact in a few words."""
    if isinstance(fact, kinds.Resource):
        return f"{fact.kind} {fact.name}".strip()
    if isinstance(fact, kinds.Setting):
        return f"{fact.key}: {fact.value}"
    if isinstance(fact, kinds.Condition):
        return f"compares {', '.join(fact.operands)}"
    return name_of(fact)
