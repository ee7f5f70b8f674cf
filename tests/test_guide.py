"""The guide to tool files does what it says: its files are written, its commands run, and what they print compared."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import pytest
import tomli

from mlops_scan import catalogue, cli, examples, spec
from mlops_scan.reports import signature_table

if TYPE_CHECKING:
    from collections.abc import Iterator

GUIDE = (Path(__file__).parent.parent / "docs" / "add-a-tool.md").read_text(encoding="utf-8")
PROMPT, LEFT_OUT = "$ mlops-scan ", "…"


class Block(NamedTuple):
    """One fenced block: the language, the file that it is (or nothing), and its lines."""

    language: str
    title: str
    lines: list[str]


def blocks() -> Iterator[Block]:
    opened: Block | None = None
    for line in GUIDE.splitlines():
        if opened is not None and line == "```":
            yield opened
            opened = None
        elif opened is not None:
            opened.lines.append(line)
        elif line.startswith("```"):
            language, _, title = line.removeprefix("```").partition(" title=")
            opened = Block(language, title.strip('"'), [])


def write(folder: Path, block: Block) -> None:
    file = folder / block.title
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(block.lines) + "\n", encoding="utf-8")


def commands(block: Block) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the words of each command with the lines that it prints."""
    at = [number for number, line in enumerate(block.lines) if line.startswith(PROMPT)]
    for start, end in zip(at, [*at[1:], len(block.lines)], strict=True):
        yield block.lines[start].removeprefix(PROMPT).split(), block.lines[start + 1 : end]


def shown(expected: list[str], printed: list[str]) -> bool:
    """Tell whether the lines were printed, in order; a line ``…`` stands for any number of others."""
    if not expected:
        return not printed
    if expected[0] == LEFT_OUT:
        return any(shown(expected[1:], printed[skipped:]) for skipped in range(len(printed) + 1))
    return bool(printed) and expected[0] == printed[0] and shown(expected[1:], printed[1:])


def test_the_guide_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = 0
    for block in blocks():
        if block.title:
            write(tmp_path, block)
        for words, expected in commands(block) if block.language == "console" else ():
            monkeypatch.setattr(sys, "argv", ["mlops-scan", *words])
            assert cli.status() == 0
            printed = capsys.readouterr().out.splitlines()
            assert shown(expected, printed), "\n".join(printed)
            ran += 1
    assert ran == 5


def test_the_package_of_the_guide_brings_the_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "acme-mlops-scan"
    for block in blocks():
        if block.title.startswith(package.name):
            write(tmp_path, block)
        elif block.title.endswith("acme.toml"):
            write(package, block._replace(title="acme_mlops_scan/acme.toml"))
    project = tomli.loads((package / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = package / "acme_mlops_scan-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n", encoding="utf-8")
    points = [f"{name} = {value}" for name, value in project["entry-points"]["mlops_scan.catalogues"].items()]
    (info / "entry_points.txt").write_text("\n".join(["[mlops_scan.catalogues]", *points]), encoding="utf-8")
    monkeypatch.syspath_prepend(package)
    assert {entry.id: entry.catalogue for entry in catalogue.load().entries()}["acme.deployment"] == "installed"


@pytest.mark.parametrize("kind", tuple(signature_table.kinds()), ids=lambda kind: kind.fact)
def test_every_example_signature_is_one(kind: signature_table.Kind) -> None:
    written = tomli.loads(f'signature = {{ fact = "{kind.fact}", {kind.example} }}')["signature"]
    signature: spec.AnySignature = msgspec.convert(written, spec.AnySignature)
    assert set(written) - {"fact", "path", "not-path"} <= set(kind.keys)
    assert signature.__struct_config__.tag == kind.fact


def test_the_guide_shows_what_a_detector_can_say() -> None:
    told = {line.partition("`")[2].partition("`")[0] for line in GUIDE.splitlines() if line.startswith("| `")}
    of_itself = {"id", "summary", "signature", "finds", "ignores"}
    assert set(spec.Detector.__struct_encode_fields__) - of_itself <= told


def test_the_tool_of_the_guide_holds_without_the_command(tmp_path: Path) -> None:
    (block,) = (block for block in blocks() if block.title.endswith("acme.toml"))
    write(tmp_path, block)
    tool = catalogue.read_tool(tmp_path / block.title)
    assert not [example for example in examples.examples(tool) if example.wrong()]
