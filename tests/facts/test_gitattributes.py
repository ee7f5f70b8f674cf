from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlops_scan.facts.kinds import Setting

if TYPE_CHECKING:
    from collections.abc import Callable


def test_patterns_with_their_attributes(stated: Callable[..., list[Any]]) -> None:
    text = '# *.txt filter=lfs\n[attr]big filter=lfs\n*.csv\tfilter=lfs  -text\n"raw data/*" filter=lfs\n*.md\n'
    assert stated(".gitattributes", text, Setting, "line", "key", "value") == [
        (3, "*.csv", "filter=lfs -text"),
        (4, "raw data/*", "filter=lfs"),
        (5, "*.md", ""),
    ]
