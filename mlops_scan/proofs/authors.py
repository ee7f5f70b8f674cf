"""Several people each changed both ML code and engineering files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.assessment import Proven
from mlops_scan.facts.kinds import Assertion, Resource, Test, Unit
from mlops_scan.sources import roles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlops_scan.assessment import Known
    from mlops_scan.evidence import FileFacts
    from mlops_scan.model import Proof

ASKS_HISTORY = True
_DETECTOR = "model.authors"
_SUMMARY = "Changed by one of {} people who each changed both ML code and engineering files."
_ENGINEERED = frozenset({"job", "container", "service", "image-build"})
_CODE = (".py", ".ipynb", ".R", ".r", ".Rmd", ".jl", ".scala")
# languages in which most code has nothing to do with a model, as that of an application that asks for predictions
_APPLICATIONS = (".cc", ".cpp", ".cs", ".cxx", ".go", ".java", ".js", ".kt", ".mjs", ".rs", ".swift", ".ts", ".tsx")
# its tests stand in the file that they test, so whoever changes one need not have changed the other
_TESTED_INSIDE = ".rs"
_ML = frozenset({"trains", "predicts", "loads"})


def decide(proof: Proof, capability: str, known: Known) -> Iterator[Proven]:  # noqa: ARG001 - one signature for all forms
    """Yield, for each such author, a file of either sort, where there are ``proof.at_least``; nobody is named."""
    found = both(known)
    if len(found) >= proof.at_least:
        summary = _SUMMARY.format(len(found))
        for path in sorted({path for pair in found for path in pair}):
            yield Proven(_DETECTOR, path, 0, "strong", summary)


def both(known: Known) -> list[tuple[str, str]]:
    """Return, for each author of ML code and engineering files, a file of either sort.

    Files that are gone from the tree count by their name and place. Python that is only called a test says nothing
    where none holds one.
    """
    tested = any(file.of(Test) or file.of(Assertion) for file in known.files)
    engineering = frozenset(file.path for file in known.files if _is_engineering(file, tested=tested))
    present = frozenset(file.path for file in known.files)
    endings = (*_CODE, *filter(_of_models(known), _APPLICATIONS))
    found = []
    for paths in (known.history or {}).values():
        code = sorted(path for path in paths if path.endswith(endings) and roles.role(path) == "product")
        other = sorted(
            path
            for path in paths
            if path in engineering or (path not in present and _was_engineering(path, tested=tested))
        )
        if code and other:
            found.append((_first(code, present), _first(other, present)))
    return found


def _of_models(known: Known) -> Callable[[str], bool]:
    """Return what tells whether files of an ending do something with models in this repository.

    All code of a package that is about nothing else does.
    """
    paths = tuple(found.path for found in known.evidence if found.act in _ML)
    return lambda ending: bool(known.built_on) or any(path.endswith(ending) for path in paths)


def _first(paths: list[str], present: frozenset[str]) -> str:
    return next((path for path in paths if path in present), paths[0])


def _is_engineering(file: FileFacts, *, tested: bool) -> bool:
    """Tell whether a file belongs to tests, CI, containers or infrastructure."""
    tests = bool(file.of(Test)) and not file.path.endswith(_TESTED_INSIDE)
    if _is_test(file.path, file.role, tested=tested) or bool(file.of(Resource)) or tests:
        return True
    return any(unit.kind in _ENGINEERED for unit in file.of(Unit))


def _was_engineering(path: str, *, tested: bool) -> bool:
    return (
        _is_test(path, roles.role(path), tested=tested)
        or path.startswith((".github/", ".gitlab"))
        or "ockerfile" in path
    )


def _is_test(path: str, role: str, *, tested: bool) -> bool:
    return role == "test" and (tested or not path.endswith(".py"))
