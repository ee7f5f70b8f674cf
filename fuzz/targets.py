"""What is fuzzed: every reader, signatures with tool files, and reports, each as a function of one random source."""

from __future__ import annotations

import functools
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import tomli
from mutations import TOKENS, mutated
from samples import assessment, difference, history, sound, trace

from mlops_scan import catalogue, evidence, facts, modules, reports, scan
from mlops_scan.facts.tokens import SlowError
from mlops_scan.spec import Tool

if TYPE_CHECKING:
    from collections.abc import Callable

OTHERS = ("signatures", "reports", "scans")
# a whole scan takes as long as a hundred files, and what goes through Pygments as long as five
_PYGMENTS = dict.fromkeys(("javascript_tests", "jenkinsfile", "julia_code", "jvm_code", "r_code"), 0.2)
WEIGHTS = {"scans": 0.01, "signatures": 0.2, **_PYGMENTS}
Case = tuple[str, bytes]
_MADE = {
    "assessments": assessment,
    "badges": assessment,
    "differences": difference,
    "histories": history,
    "traces": trace,
}


@functools.cache
def seeds() -> tuple[Case, ...]:
    """Return the examples of all tool files: a path and what stands there."""
    tools = catalogue.read_folder(catalogue.built_in())
    shown = (one for tool in tools for detector in tool.detector for one in (*detector.finds, *detector.ignores))
    return tuple(sorted({(one.path, one.text.encode()) for one in shown}))


def names() -> tuple[str, ...]:
    """Return the names of all targets; the folder of readers is the registry."""
    return (*(module.__name__.rpartition(".")[2] for _, module in facts.readers()), "signatures", "reports", "scans")


def target(name: str) -> Callable[[random.Random], None]:
    """Return what tries one case of a target; it raises where the target does not keep its promise."""
    other = {"signatures": _signatures, "reports": _reports, "scans": _scans}.get(name)
    return other or functools.partial(_reader, name)


@functools.cache
def _of_reader(name: str) -> tuple[Callable[[str, bytes], facts.Reading], tuple[str, ...], tuple[bytes, ...]]:
    wants, module = next(one for one in facts.readers() if one[1].__name__.rpartition(".")[2] == name)
    mine = [(path, text) for path, text in seeds() if wants("/" + path)]
    paths = tuple({path for path, _ in mine}) or tuple(glob.replace("*", "a") for glob in module.READS)
    texts = tuple(text for _, text in mine) or tuple(text for _, text in seeds()[::50])
    return module.read, tuple(sorted(paths)), texts


def case(name: str, rng: random.Random) -> Case:
    """Return the file that a case gives to a reader."""
    _, paths, texts = _of_reader(name)
    return rng.choice(paths), mutated(rng, texts)


def _reader(name: str, rng: random.Random) -> None:
    path, data = case(name, rng)
    try:
        found = _of_reader(name)[0](path, data)
    except SlowError:  # which costs the file, and is told
        return
    lines = data.count(b"\n") + data.count(b"\r") + 1
    if not all(isinstance(fact.line, int) and 0 <= fact.line <= 2 * lines for fact in found.facts):
        message = "a fact stands on no line of its file"
        raise AssertionError(message)


@functools.cache
def _tools() -> tuple[bytes, ...]:
    return tuple(file.read_bytes() for file in sorted(catalogue.built_in().glob("*.toml"))[::10])


@functools.cache
def _read() -> tuple[evidence.FileFacts, ...]:
    some = random.Random(0).sample(seeds(), 400)
    return tuple(evidence.FileFacts(path, "product", facts.read(path, text).facts) for path, text in some)


def _signatures(rng: random.Random) -> None:
    """Let a mutated tool file, or none, meet the facts of mutated files: what is refused is refused in words."""
    text = mutated(rng, _tools())
    try:
        tool = msgspec.convert(tomli.loads(text.decode("utf-8", "replace")), Tool)
    except (ValueError, RecursionError):
        tool = _wild(rng)
    files = rng.sample(_read(), 3)
    found = evidence.recognise(catalogue.Catalogue(((tool, "local"),)), files, modules.index(f.path for f in files))
    if any(one.origin != "local" for one in found):
        message = "evidence of a local catalogue that does not say so"
        raise AssertionError(message)


@functools.cache
def _whole() -> tuple[Tool, ...]:
    return catalogue.read_folder(catalogue.built_in())


def _wild(rng: random.Random) -> Tool:
    """Return a sound tool whose first signature asks for wildcards and tokens."""
    tool = rng.choice(_whole())
    detector = tool.detector[0]
    signature = detector.signature[0]
    pattern = "".join(
        rng.choice(("*", "?", "[", "a", ".", "*a", TOKENS[rng.randrange(len(TOKENS))].decode("latin-1")))
        for _ in range(rng.randrange(1, 30))
    )
    held = [name for name in signature.__struct_fields__ if isinstance(getattr(signature, name), tuple)]
    changed = msgspec.structs.replace(signature, **dict.fromkeys(held[:1], (pattern,)))
    return msgspec.structs.replace(tool, detector=(msgspec.structs.replace(detector, signature=(changed,)),))


def _reports(rng: random.Random) -> None:
    """Render what a hostile repository would like to have shown, in every format."""
    made = {
        "badges": assessment,
        "histories": history,
        "traces": trace,
        "assessments": assessment,
        "differences": difference,
    }
    family = rng.choice(tuple(made))
    name = rng.choice(reports.names(family)) if family != "traces" else rng.choice(("text", "json", "dot", "mermaid"))
    sound(f"{family}.{name}", reports.renderer(family, name)(_MADE[family](rng)))


def _scans(rng: random.Random) -> None:
    """Scan a folder of a few mutated files to the end, and render what was found in every format."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in rng.sample(seeds(), rng.randrange(2, 9)):
            file = Path(folder, path)
            if file.parent.is_file() or file.is_dir():
                continue
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(mutated(rng, (text,)) if rng.randrange(4) else text)
        found = scan.assess(folder, scan.Options(catalogue=_catalogue()))
    for name in reports.names("assessments"):
        sound(f"assessments.{name}", reports.renderer("assessments", name)(found))


@functools.cache
def _catalogue() -> catalogue.Catalogue:
    return catalogue.load()
