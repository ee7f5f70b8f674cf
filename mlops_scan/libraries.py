"""Libraries of Rust and Go: their layout says where programs stand, and one without any is there for others.

Sources: https://doc.rust-lang.org/cargo/guide/project-layout.html and https://go.dev/doc/modules/layout
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Definition, Setting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.evidence import FileFacts

_CRATE, _MODULE = "Cargo.toml", "go.mod"


def manifests(files: Iterable[FileFacts]) -> tuple[str, ...]:
    """Return the manifests of libraries that have no program beside them."""
    product = [file for file in files if file.role == "product"]
    paths = frozenset(file.path for file in product)
    crates = () if any(map(_names_program, product)) else _crates(paths)
    return (*crates, *(() if any(map(_starts, product)) else _modules(paths)))


def _starts(file: FileFacts) -> bool:
    """Tell whether code of Go is a program, whatever its file is called."""
    named = (fact.name for fact in file.of(Definition) if fact.kind == "function")
    return file.path.endswith(".go") and "main" in named


def _names_program(file: FileFacts) -> bool:
    """Tell whether a manifest says itself where a program stands."""
    return file.path.endswith(_CRATE) and any(fact.key.startswith("bin.") for fact in file.of(Setting))


def code(files: Iterable[FileFacts]) -> tuple[str, ...]:
    """Return how code of a language is called that is a library here, and never runs by itself."""
    names = {path.rpartition("/")[2] for path in manifests(files)}
    return tuple(ending for name, ending in ((_CRATE, ".rs"), (_MODULE, ".go")) if name in names)


def _crates(paths: frozenset[str]) -> tuple[str, ...]:
    if any(path.endswith("main.rs") or "/bin/" in path for path in paths if path.endswith(".rs")):
        return ()
    crates = (path for path in sorted(paths) if path.rpartition("/")[2] == _CRATE)
    return tuple(path for path in crates if path.removesuffix(_CRATE) + "src/lib.rs" in paths)


def _modules(paths: frozenset[str]) -> tuple[str, ...]:
    if any(path.endswith("main.go") or f"/{path}".rpartition("/cmd/")[1] for path in paths if path.endswith(".go")):
        return ()
    return tuple(path for path in sorted(paths) if path == _MODULE and any(p.endswith(".go") for p in paths))
