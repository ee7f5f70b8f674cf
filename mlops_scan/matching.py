"""Which signatures a fact answers, looked up by the kind of fact and its most telling word."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan import spec
from mlops_scan.facts import kinds
from mlops_scan.globs import matcher
from mlops_scan.signatures import Compiled, Scope, compile_signature, setting_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import msgspec

    from mlops_scan.catalogue import Entry

_TELLING = ("name", "run", "kind", "key")


class Asked(NamedTuple):
    """A signature with the detector that asks it."""

    entry: Entry
    signature: spec.Signature
    compiled: Compiled

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
                self._add(Asked(entry, signature, compile_signature(signature)))

    def _add(self, asked: Asked) -> None:
        tag = _tag(asked.signature)
        for bucket in sorted({_bucket(tag, glob) for glob in _telling(asked.signature)}):
            self._kinds[tag][bucket].append(asked)

    def of_file(self, scope: Scope) -> Iterator[Asked]:
        """Yield the file signatures that the file answers."""
        return (asked for asked in self._kinds["file"]["*"] if asked.of(scope))

    def of_fact(self, fact: kinds.Fact, scope: Scope) -> Iterator[Asked]:
        """Yield the signatures that the fact answers, in that file."""
        tag = _tag(fact)
        if tag in self._kinds:
            for asked in self._candidates(tag, name_of(fact)):
                if asked.of(scope) and asked.compiled.answers_fact(fact):
                    yield asked

    def _candidates(self, tag: str, name: str) -> tuple[Asked, ...]:
        known = self._memo.get((tag, name))
        if known is None:
            buckets, bucket = self._kinds[tag], _bucket(tag, name)
            near = [*buckets.get(bucket, ()), *(buckets.get("*", ()) if bucket != "*" else ())]
            known = self._memo[tag, name] = tuple(a for a in near if matcher(_telling(a.signature))(name))
        return known


def _tag(value: msgspec.Struct) -> str:
    return str(type(value).__struct_config__.tag)


def _telling(signature: spec.Signature) -> tuple[str, ...]:
    """Return the globs over what `name_of` says of a fact; facts without one telling name answer ``*``."""
    if isinstance(signature, (spec.DefinitionSignature, spec.TestSignature, spec.ConditionSignature)):
        return ("*",)
    return next((getattr(signature, key) for key in _TELLING if getattr(signature, key, None)), ("*",))


def _bucket(tag: str, text: str) -> str:
    """Return the literal word by which to look up: a call's last name, a command's program, an import's package."""
    if tag in {"call", "decorator"}:
        word = text.rpartition(".")[2]
    elif tag == "command":
        word = text.partition(" ")[0]
    elif tag == "import":
        word = text.partition(".")[0]
    else:
        word = text if tag in {"resource", "uses"} else "*"
    return "*" if any(special in word for special in "*?[") else word


def name_of(fact: kinds.Fact) -> str:
    """Return the most telling text of a fact: its name, command line, key or kind."""
    if isinstance(fact, kinds.Resource):
        return fact.kind
    return next((str(getattr(fact, key)) for key in ("name", "run", "key") if hasattr(fact, key)), "")


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
