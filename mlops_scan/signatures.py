"""A signature compiled into predicates: what it asks of the file, and what of the fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from mlops_scan import spec
from mlops_scan.globs import matcher, path_matcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mlops_scan.facts import kinds

_ASKED_OF_SCOPE = frozenset(
    {"path", "not_path", "imports", "not_imports", "elsewhere", "defines", "calls", "not_calls"}
)
_SEVERAL = {"base": "bases", "operand": "operands"}
_TOGETHER = {"given": "parameters"}


class Scope(NamedTuple):
    """What is known of the file around a fact: path, role, the foreign names that it imports, whether it asserts.

    ``inside``: it imports something that may be of the repository. ``defines`` are its functions and classes, and
    ``calls`` what it calls.
    """

    path: str
    role: str
    imports: frozenset[str]
    asserts: bool = False
    inside: bool = False
    defines: frozenset[str] = frozenset()
    calls: Sequence[kinds.Call] = ()


class Compiled(NamedTuple):
    """The questions of one signature; all must say yes."""

    of_scope: tuple[Callable[[Scope], bool], ...]
    of_fact: tuple[Callable[[Any], bool], ...]

    def answers_scope(self, scope: Scope) -> bool:
        """Tell whether a file is one that the signature asks about."""
        return all(asked(scope) for asked in self.of_scope)

    def answers_fact(self, fact: kinds.Fact) -> bool:
        """Tell whether a fact, of the signature's kind, is what it asks for."""
        return all(asked(fact) for asked in self.of_fact)


def compile_signature(signature: spec.Signature) -> Compiled:
    """Return the predicates of a signature."""
    return Compiled(tuple(_scope_questions(signature)), tuple(_fact_questions(signature)))


def setting_of(signature: spec.ResourceSignature, fact: kinds.Resource) -> kinds.Setting | None:
    """Return the resource's first setting that answers key, value and not-value together."""
    key, value, not_value = (matcher(g) if g else None for g in (signature.key, signature.value, signature.not_value))
    for setting in fact.settings:
        if (
            (key is None or key(setting.key))
            and (value is None or value(setting.value))
            and (not_value is None or not not_value(setting.value))
        ):
            return setting
    return None


def _scope_questions(signature: spec.Signature) -> Iterator[Callable[[Scope], bool]]:
    if signature.path:
        inside = path_matcher(signature.path)
        yield lambda scope: inside(scope.path)
    if signature.not_path:
        outside = path_matcher(signature.not_path)
        yield lambda scope: not outside(scope.path)
    if getattr(signature, "asserts", None):
        yield lambda scope: scope.asserts
    imports = getattr(signature, "imports", None)
    if imports:
        wanted = matcher(imports)
        yield lambda scope: any(wanted(name) for name in scope.imports)
    not_imports = getattr(signature, "not_imports", None)
    if not_imports:
        unwanted = matcher(not_imports)
        yield lambda scope: not any(unwanted(name) for name in scope.imports)
    for key in ("calls", "not_calls"):
        if globs := getattr(signature, key, None):
            yield _beside(matcher(globs), wanted=key == "calls")
    defines = getattr(signature, "defines", None)
    if defines:
        beside = matcher(defines)
        yield lambda scope: any(beside(name) for name in scope.defines)
    elsewhere = getattr(signature, "elsewhere", None)
    if elsewhere:
        asks = matcher(elsewhere)
        yield lambda scope: scope.inside or not any(asks(name) for name in scope.imports)


def _beside(called: Callable[[str], bool], *, wanted: bool) -> Callable[[Scope], bool]:
    return lambda scope: any(called(call.name) for call in scope.calls) is wanted


def _fact_questions(signature: spec.Signature) -> Iterator[Callable[[Any], bool]]:
    if isinstance(signature, spec.ResourceSignature):
        yield from _resource_questions(signature)
        return
    for key, globs in _globs(signature):
        if key not in _ASKED_OF_SCOPE:
            yield _attribute(key, globs)
    if isinstance(signature, spec.TestSignature):
        yield lambda fact: fact.asserts
    if isinstance(signature, spec.ConditionSignature) and signature.beside:
        named = matcher(signature.operand)
        yield lambda fact: not (fact.alone and named(fact.operands[0]))
    for flag in ("bare", "block", "lock", "parted", "passing", "pinned"):
        wanted = getattr(signature, flag, None)
        if wanted is not None:
            yield _flag(flag, wanted=wanted)
    for key, globs in (getattr(signature, "with_", None) or {}).items():
        yield _argument(key, globs, present=True)
    for key, globs in (getattr(signature, "without", None) or {}).items():
        yield _argument(key, globs, present=False)


def _globs(signature: spec.Signature) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in signature.__struct_fields__:
        value = getattr(signature, name)
        if isinstance(value, tuple):
            yield name, value


def _attribute(key: str, globs: tuple[str, ...]) -> Callable[[Any], bool]:
    matches = matcher(globs)
    asked = key.removeprefix("not_")
    wanted = asked == key
    if asked in _SEVERAL:
        several = _SEVERAL[asked]
        return lambda fact: any(matches(text) for text in getattr(fact, several)) is wanted
    if asked in _TOGETHER:
        together = _TOGETHER[asked]
        return lambda fact: matches(" ".join(getattr(fact, together)))
    return lambda fact: matches(getattr(fact, asked)) is wanted


def _flag(name: str, *, wanted: bool) -> Callable[[Any], bool]:
    return lambda fact: getattr(fact, name) is wanted


def _argument(name: str, globs: tuple[str, ...], *, present: bool) -> Callable[[Any], bool]:
    matches = matcher(globs)
    return lambda fact: (name in fact.arguments and matches(fact.arguments[name])) is present


def _resource_questions(signature: spec.ResourceSignature) -> Iterator[Callable[[Any], bool]]:
    for key in ("kind", "api_version", "name", "not_name"):
        globs = getattr(signature, key)
        if globs:
            yield _attribute(key, globs)
    if signature.key:
        yield lambda fact: setting_of(signature, fact) is not None
