"""What kind of repository it is, and what tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan import libraries, named_after, packaged
from mlops_scan.assessment import Proven, shown
from mlops_scan.model import questions
from mlops_scan.own_names import published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.evidence import Evidence
    from mlops_scan.model import Kind, Model
    from mlops_scan.spec import Tool

_DETECTOR = "model.kind"
_ITSELF = "Publishes itself as {}, a tool of the catalogue."
_TOLD = "Tells those who look for a package what this one is; nothing here runs its machine learning."
_ALONE = "Is a package with no program beside it: others are to call it."
_CALLED = "Calls itself a library, toolkit or the like: others are to call it."
_OFFERED = frozenset({"serves", "deploys"})  # what is only waiting for requests runs all the same
_SHOWN = (packaged.CLASSIFIERS, packaged.KEYWORDS)
MAX_PROOFS = 5


def judged(known: Known, ladder: Model) -> tuple[str, tuple[Proven, ...]]:
    """Return ml-system, ml-library or no-ml, with the evidence for it: none where there is no ML.

    A library is the repository of a tool that the catalogue knows, or a package that is there for others; one that
    only helps such tools is known by what it is built on.
    """
    if any(_of_machine_learning(tool, ladder) for tool in known.own_tools):
        return "ml-library", tuple(_itself(known))[:MAX_PROOFS]
    if not any(_tells(found, ladder.kind) for found in known.evidence):
        inner = any(_of_machine_learning(tool, ladder) for tool in known.inner_tools)
        told = tuple(_itself(known)) if inner else tuple(map(shown, known.built_on))
        return "ml-library" if told else "no-ml", told[:MAX_PROOFS]
    told = tuple(_for_others(known, ladder))
    if told:
        return "ml-library", told[:MAX_PROOFS]
    return "ml-system", tuple(_machine_learning(known, ladder))


def _tells(found: Evidence, asked: Kind) -> bool:
    """Tell whether evidence is of machine learning by itself, and not only of a program that keeps what it knows.

    A feature store or registry that is used tells too, where those who train or apply the model are elsewhere.
    """
    question = _question(found)
    return question in asked.of_models or (found.act in asked.ml and question not in asked.of_anything)


def _of_machine_learning(tool: Tool, ladder: Model) -> bool:
    """Tell whether a tool is for more than what any software needs, as linters, test runners and packagers are not."""
    further = {capability.id for capability in questions().capability if not capability.general}
    return any(d.act in ladder.kind.ml or not further.isdisjoint(d.proves or ()) for d in tool.detector)


def _for_others(known: Known, ladder: Model) -> Iterator[Proven]:
    """Yield where a package is made for others: it is published, or says so, or says what it is and is not used here.

    A system may publish the package that its own jobs install. What is deployed from here, and run here, is no library;
    and where nobody is seen to publish a package, all of its machine learning must be left to others, and it must say
    what only an index shows, or have no program at all.
    """
    used = _runs_here(known, frozenset(ladder.kind.ml))
    if not (used and "deploys" in known.acts):
        yield from (shown(found) for found in known.evidence if publishes(found, ladder.kind))
        called = named_after.offered(known.files)
        yield from (Proven(_DETECTOR, path, line, "strong", _CALLED) for path, line in called)
    if not used and not _runs_here(known, _OFFERED):
        product = tuple(file for file in known.files if file.role == "product")
        for said in (said for what in _SHOWN for said in packaged.stated(product, what)):
            yield Proven(_DETECTOR, said.path, said.line, "strong", _TOLD)
        named = published(known.files) if not packaged.programs(product, known.graph) else ()
        yield from (Proven(_DETECTOR, path, line, "strong", _ALONE) for path, line, _ in named)
        yield from (Proven(_DETECTOR, path, 1, "strong", _ALONE) for path in libraries.manifests(product))


def _runs_here(known: Known, acts: frozenset[str]) -> bool:
    """Tell whether a program, notebook, job or the like of the product comes to one of some acts."""
    product = {file.path for file in known.files if file.role == "product"} - packaged.included(known.files)
    return any(
        (not node.unit or node in known.graph.kinds) and node.path in product and not acts.isdisjoint(leads)
        for node, leads in known.graph.leads.items()
    )


def publishes(found: Evidence, asked: Kind) -> bool:
    """Tell whether evidence shows that a package is published for others."""
    return found.strength == "strong" and _question(found) in asked.publishing


def _question(found: Evidence) -> str:
    return found.detector.partition(".")[2]


def _itself(known: Known) -> Iterator[Proven]:
    names = {name for tool in (*known.own_tools, *known.inner_tools) for name in (tool.id, *tool.packages)}
    for path, line, name in published(known.files, anywhere=not known.own_tools):
        if name.lower().replace("_", "-") in names:
            yield Proven(_DETECTOR, path, line, "strong", _ITSELF.format(name))


def _machine_learning(known: Known, ladder: Model) -> Iterator[Proven]:
    """Yield the best evidence of each act of machine learning, the most telling act first, else of what is for it."""
    telling = [found for found in known.evidence if _tells(found, ladder.kind)]
    acting = [[found for found in telling if found.act == act] for act in ladder.kind.ml]
    for found in acting if any(acting) else [telling]:
        if found:
            yield shown(next((evidence for evidence in found if evidence.strength == "strong"), found[0]))
