from __future__ import annotations

import re

import pytest

from mlops_scan import catalogue, model
from mlops_scan.reports import catalogue_page

PAGE = catalogue_page.render()


def test_every_capability_tool_and_detector_is_there_once() -> None:
    tools = catalogue.read_folder(catalogue.built_in())
    rows = sum(line.startswith("| `") for line in PAGE.split("\n"))
    assert rows == sum(len(tool.detector) for tool in tools)
    for anchor in [*(f"tool-{tool.id}" for tool in tools), *(capability.id for capability in model.load().capability)]:
        assert PAGE.count(f'<a id="{anchor}"></a>') == 1


def test_every_link_within_the_page_leads_somewhere() -> None:
    assert set(re.findall(r"\]\(#([^)]*)\)", PAGE)) <= set(re.findall(r'<a id="([^"]*)">', PAGE))


def test_capabilities_come_before_tools_and_tools_in_alphabetical_order() -> None:
    names = [line.rpartition("</a>")[2].casefold() for line in PAGE.split("\n") if line.startswith('### <a id="tool-')]
    assert names == sorted(names)
    assert PAGE.index("## By capability") < PAGE.index("**model-registry**") < PAGE.index("## Tool by tool")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a|b", r"a\|b"), ("*x* <i>", r"\*x\* \<i\>"), ("one\ntwo", "one two"), ("a_b `c` [d]", r"a\_b \`c\` \[d\]")],
)
def test_text_stays_text_in_one_cell(text: str, shown: str) -> None:
    assert catalogue_page.escaped(text) == shown
