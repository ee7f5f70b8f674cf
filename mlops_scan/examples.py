"""The examples in tool files as what must hold of their detectors.

Every ``finds`` is recognised, no ``ignores`` is, and every alternative of every signature is reached by some ``finds``.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from mlops_scan import facts, matching, model, modules
from mlops_scan.catalogue import Entry
from mlops_scan.evidence import FileFacts, in_file
from mlops_scan.sources import roles

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from mlops_scan.facts import Reading
    from mlops_scan.spec import Detector, Finds, Ignores, Signature, Tool

_NO_CAPABILITY = "proves {!r}, which is no capability: see `mlops-scan list capabilities`"
_NO_DETECTOR = "stands alongside {!r}, which is no detector: see `mlops-scan list tools` and `mlops-scan explain TOOL`"
_UNREAD = "no reader knows a file of this name: choose the name that such a file really has"
_UNMATCHED = "is not recognised: correct the signature or the example; `mlops-scan facts FILE` shows what can be asked"
_MATCHED = "is recognised, although {}: narrow the signature"
_UNREACHED = "is reached by no `finds` example: add one that shows it, or take the alternative out"


class Example(NamedTuple):
    """One thing that must hold of a detector: its name, the file that shows it, and what is wrong (nothing: it holds).

    What is wrong says also what to do; ``text`` is the file's, for whoever has room for it.
    """

    detector: str
    name: str
    path: str
    text: str
    wrong: Callable[[], str]


def examples(tool: Tool) -> Iterator[Example]:
    """Yield what must hold of every detector of a tool."""
    for detector in tool.detector:
        for number, found in enumerate(detector.finds, 1):
            wrong = functools.partial(_not_found, tool, detector, found)
            yield Example(f"{tool.id}.{detector.id}", f"finds-{number}", found.path, found.text, wrong)
        for number, ignored in enumerate(detector.ignores, 1):
            wrong = functools.partial(_not_ignored, tool, detector, ignored)
            yield Example(f"{tool.id}.{detector.id}", f"ignores-{number}", ignored.path, ignored.text, wrong)
        for name, variant in alternatives(detector):
            wrong = functools.partial(_not_reached, tool, variant)
            yield Example(f"{tool.id}.{detector.id}", f"reaches-{name}", "", "", wrong)


def misnamed(tool: Tool, detectors: Container[str]) -> Iterator[Example]:
    """Yield what a tool names and nobody has: capabilities of the model, and detectors (``mlflow.tracking``)."""
    capabilities = {capability.id for capability in model.questions().capability}
    for detector in tool.detector:
        wrong = [_NO_CAPABILITY.format(name) for name in detector.proves or () if name not in capabilities]
        wrong += [_NO_DETECTOR.format(name) for name in detector.alongside or () if name not in detectors]
        for words in wrong:
            yield Example(f"{tool.id}.{detector.id}", "names", "", "", functools.partial(str, words))


def recognised(tool: Tool, detector: Detector, path: str, text: str) -> bool:
    """Tell whether the detector recognises anything in a file of that path and text."""
    index = matching.Index((Entry(detector, tool, "local"),))
    file = FileFacts(path, roles.role(path), _read(path, text).facts)
    return any(True for _ in in_file(index, file, modules.index(())))


@functools.lru_cache(maxsize=64)
def _read(path: str, text: str) -> Reading:
    return facts.read(path, text.encode())


def alternatives(detector: Detector) -> Iterator[tuple[str, Detector]]:
    """Yield the detector once for each alternative of each signature, asking for that alternative alone."""
    for number, signature in enumerate(detector.signature, 1):
        for place, variant in _narrowed(signature):
            yield f"{number}-{place}", msgspec.structs.replace(detector, signature=(variant,))


def _narrowed(signature: Signature) -> Iterator[tuple[str, Signature]]:
    for key in signature.__struct_fields__:
        value: Any = getattr(signature, key)
        if isinstance(value, tuple) and not key.startswith("not_"):
            for item in value:
                yield f"{key}-{item}", msgspec.structs.replace(signature, **{key: (item,)})
        elif isinstance(value, dict) and key != "without":
            for name, globs in value.items():
                for glob in globs:
                    narrow = {key: {**value, name: (glob,)}}
                    yield f"with-{name}-{glob}", msgspec.structs.replace(signature, **narrow)


def _not_found(tool: Tool, detector: Detector, example: Finds) -> str:
    if recognised(tool, detector, example.path, example.text):
        return ""
    role = roles.role(example.path)
    if role not in detector.roles:
        return f"has the role {role}, and only {', '.join(detector.roles)} is asked: choose another path, or set roles"
    if not facts.reads(example.path):
        return _UNREAD
    told = _read(example.path, example.text).diagnostics
    return f"cannot be read: line {told[0].line}: {told[0].message}; correct the text" if told else _UNMATCHED


def _not_ignored(tool: Tool, detector: Detector, example: Ignores) -> str:
    return _MATCHED.format(example.why) if recognised(tool, detector, example.path, example.text) else ""


def _not_reached(tool: Tool, variant: Detector) -> str:
    return "" if any(_shown(tool, variant, variant.finds)) else _UNREACHED


def _shown(tool: Tool, variant: Detector, finds: Iterable[Finds]) -> Iterator[bool]:
    return (recognised(tool, variant, example.path, example.text) for example in finds)
