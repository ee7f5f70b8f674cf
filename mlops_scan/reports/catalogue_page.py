"""The built-in catalogue as a page of the documentation, in GitHub's Markdown: by capability, by act, and tool by tool.

https://github.github.com/gfm/ (tables, backslash escapes) is what it is written in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from mlops_scan import catalogue, model, spec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mlops_scan.model import Capability
    from mlops_scan.spec import Detector, Tool

_SPECIAL = frozenset("\\`*_{}[]<>|#~$&")


def render() -> str:
    """Return the generated part of the page."""
    tools = sorted(catalogue.read_folder(catalogue.built_in()), key=lambda tool: tool.name.casefold())
    detectors = sum(len(tool.detector) for tool in tools)
    parts = (
        (f"{len(tools)} tools, {detectors} detectors.",),
        ("## By capability",),
        *_by_capability(tools),
        ("## By act",),
        *_words(tools, get_args(spec.Act), lambda detector: (detector.act,)),
        ("## By trigger",),
        *_words(tools, get_args(spec.Event), lambda detector: (detector.trigger,)),
        ("## Tool by tool",),
        *map(_tool, tools),
    )
    return "\n\n".join("\n".join(part) for part in parts)


def escaped(text: str) -> str:
    """Return text that Markdown shows as it reads, on one line and within one cell of a table."""
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in " ".join(text.split()))


def _by_capability(tools: list[Tool]) -> Iterator[Iterable[str]]:
    """Yield, level by level, each capability with what proves it; a level without any has no heading."""
    ladder = model.load()
    for level in ladder.level:
        asked = [capability for capability in ladder.capability if capability.level == level.number]
        yield from [(f"### Level {level.number}: {escaped(level.name)}",)] if asked else ()
        for capability in asked:
            yield (f'<a id="{capability.id}"></a>**{capability.id}**: {escaped(capability.question)}',)
            yield from ((line,) for line in _proving(tools, capability))


def _proving(tools: list[Tool], capability: Capability) -> Iterator[str]:
    """Yield the tools that prove a capability, those that only hint at it, and where to read of other proofs."""
    strong, weak = ([t for t in tools if _proves(t, capability.id, strength)] for strength in ("strong", "weak"))
    if strong and capability.evidence:
        yield _linked(strong)
    elif strong:
        yield f"Not by one of these alone: {_linked(strong)}"
    hints = [tool for tool in weak if tool not in strong]
    if hints:
        yield f"Weak, so never enough: {_linked(hints)}"
    if capability.proof:
        yield f"Judged over several facts together: see `mlops-scan explain {capability.id}`."


def _proves(tool: Tool, capability: str, strength: str) -> bool:
    return any(capability in (found.proves or ()) and found.strength == strength for found in tool.detector)


def _words(
    tools: list[Tool], words: Iterable[str], of: Callable[[Detector], tuple[str | None, ...]]
) -> Iterator[Iterable[str]]:
    """Yield a line a word: the tools with a detector that stands for it."""
    for word in words:
        found = _linked([tool for tool in tools if any(word in of(detector) for detector in tool.detector)])
        if found:
            yield (f"**{word}**: {found}",)


def _linked(tools: list[Tool]) -> str:
    return ", ".join(f"[{escaped(tool.name)}](#tool-{tool.id})" for tool in tools)


def _tool(tool: Tool) -> Iterator[str]:
    yield f'### <a id="tool-{tool.id}"></a>{escaped(tool.name)}'
    yield ""
    packages = ", ".join(f"`{package}`" for package in tool.packages)
    yield f"`{tool.id}`, <{tool.homepage}>" + (f", packages {packages}" if packages else "")
    yield ""
    yield "| detector | recognises | in | proves | act or trigger |"
    yield "|---|---|---|---|---|"
    yield from map(_detector, tool.detector)


def _detector(detector: Detector) -> str:
    kinds = dict.fromkeys(str(type(signature).__struct_config__.tag) for signature in detector.signature)
    proves = ", ".join(f"[{name}](#{name})" for name in detector.proves or ())
    weak = " (weak)" if detector.strength == "weak" else ""
    does = ", ".join(filter(None, (detector.act, detector.trigger)))
    cells = (f"`{detector.id}`", escaped(detector.summary) + weak, ", ".join(kinds), proves, does)
    return f"| {' | '.join(cells)} |"
