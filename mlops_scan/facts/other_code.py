"""Knows code of further languages as code, without reading it: that a product has modules, not what they do."""

from __future__ import annotations

from mlops_scan.facts.kinds import Definition, Reading

READS = tuple(
    f"*.{ending}"
    for ending in (
        *(
            "c",
            "cc",
            "cpp",
            "cs",
            "cu",
            "cuh",
            "cxx",
            "dart",
            "ex",
            "go",
            "h",
            "hh",
            "hpp",
            "hs",
            "hxx",
            "js",
            "jsx",
            "lua",
            "m",
            "mjs",
            "php",
            "pl",
        ),
        *("rb", "rs", "swift", "ts", "tsx", "vue"),
    )
)


def read(path: str, data: bytes) -> Reading:
    """State that the file is a module, if it holds anything."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    return Reading((Definition(line=1, name=stem, kind="module", end=0),) if data.strip() else ())
