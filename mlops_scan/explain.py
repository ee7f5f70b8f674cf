"""What proves what, in words: for ``mlops-scan explain`` and ``mlops-scan list``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan import model, snippets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.catalogue import Catalogue, Entry
    from mlops_scan.model import Capability
    from mlops_scan.snippets import Snippet
    from mlops_scan.spec import Detector, Tool


def listing(what: str, catalogue: Catalogue) -> Iterator[str]:
    """Yield a line for each capability, tool or level."""
    ladder = model.load()
    if what == "levels":
        for level in ladder.level:
            items = ", ".join(" or ".join(item) for item in level.required)
            yield f"{level.number}  {level.name:<22}{items}".rstrip()
    elif what == "capabilities":
        for capability in ladder.capability:
            mark = "*" if ladder.required(capability.id) else " "
            yield f"{capability.level} {mark} {capability.id:<30}{capability.question}"
    else:
        for tool, origin in catalogue.tools:
            proves = sorted({name for detector in tool.detector for name in detector.proves or (detector.act or "",)})
            yield f"{tool.id:<26}{tool.name:<26}{origin:<10}{', '.join(filter(None, proves))}"


def explanation(name: str, catalogue: Catalogue) -> list[str] | None:
    """Return lines that explain a capability, tool or detector; None where nothing is called so."""
    entries = tuple(catalogue.entries())
    capability = capability_of(name)
    if capability is not None:
        return [*meaning(capability), *_proving(capability, entries), *example(snippets.of(name)[-1:])]
    tool = next((entry.tool for entry in entries if entry.tool.id == name), None)
    if tool is not None:
        return list(_tool(tool))
    entry = next((entry for entry in entries if entry.id == name), None)
    return list(_detector(entry.detector, entry.id)) if entry else None


def capability_of(name: str) -> Capability | None:
    """Return the capability of a name, with its level in the default model; None without one."""
    return next((capability for capability in model.load().capability if capability.id == name), None)


def meaning(capability: Capability) -> Iterator[str]:
    """Yield what a capability is, why it matters and how to get it."""
    yield f"{capability.id} (level {capability.level}{', required' if model.load().required(capability.id) else ''})"
    yield capability.question
    yield f"Why it matters: {capability.why}"
    yield f"Next step where it is absent: {capability.next}"


def example(chosen: Iterable[Snippet]) -> Iterator[str]:
    """Yield how to get a capability: the smallest change, and the files that show it."""
    for snippet in chosen:
        yield f"For example: {snippet.change}"
        for file in snippet.file:
            yield f"  {file.path}"
            yield from (f"    {line}".rstrip() for line in file.text.strip("\n").split("\n"))


def _proving(capability: Capability, entries: tuple[Entry, ...]) -> Iterator[str]:
    for proof in capability.proof:
        yield f"Proved by the form {proof.form!r}: {_form(proof)}"
    strong = [entry for entry in entries if capability.id in (entry.detector.proves or ())]
    if strong:
        yield "Detectors:"
        yield from (f"  {e.id:<36}{e.detector.strength:<8}{e.detector.summary}" for e in strong)


def _form(proof: model.Proof) -> str:
    parts = []
    if proof.triggers:
        parts.append(f"one of the triggers {', '.join(proof.triggers)}")
    if proof.kinds:
        parts.append(f"a unit of kind {', '.join(proof.kinds)}")
    if proof.not_kinds:
        parts.append(f"no unit of kind {', '.join(proof.not_kinds)}")
    if proof.reaches:
        parts.append("reaches " + ", then ".join(" or ".join(item) for item in proof.reaches))
    if proof.acts:
        parts.append(f"acts {', '.join(proof.acts)}")
    return "; ".join(parts) or f"at least {proof.at_least}"


def _tool(tool: Tool) -> Iterator[str]:
    yield f"{tool.name} ({tool.homepage})"
    for detector in tool.detector:
        yield ""
        yield from _detector(detector, f"{tool.id}.{detector.id}")


def _detector(detector: Detector, name: str) -> Iterator[str]:
    yield f"{name} ({detector.strength})"
    yield detector.summary
    if detector.proves:
        yield f"Proves: {', '.join(detector.proves)}"
    if detector.act:
        yield f"Act: {detector.act}"
    if detector.trigger:
        yield f"Trigger: {detector.trigger}"
    for found in detector.finds:
        yield f"Finds in {found.path}:"
        yield from (f"    {line}" for line in found.text.strip("\n").split("\n"))
    for ignored in detector.ignores:
        yield f"Ignores in {ignored.path}, because {ignored.why}:"
        yield from (f"    {line}" for line in ignored.text.strip("\n").split("\n"))
