from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Call
from mlops_scan.facts.python_quotes import plain

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('f"{row["age"]}"', "f\"{row['age']}\""),
        ("f'{row['age']} {{x}} {row['name']}'", 'f\'{row["age"]} {{x}} {row["name"]}\''),
        ('rf"{", ".join(names)}" + "a"', 'rf"{\', \'.join(names)}" + "a"'),
        # what any version reads stays as it is
        ('f"{row[\'age\']}" "{" "}"', 'f"{row[\'age\']}" "{" "}"'),
        ('"{" + row["age"] + "}"', '"{" + row["age"] + "}"'),
        ('# it\'s\nf"""{row["age"]}"""\n', '# it\'s\nf"""{row["age"]}"""\n'),
        ('shelf"{" "}"', 'shelf"{" "}"'),
        ('f"\\"{a}\\"" "b"', 'f"\\"{a}\\"" "b"'),
        ('f"{row["it\'s"]}"', 'f"{row["it\'s"]}"'),
        ('f"{', 'f"{'),
        ('f"""{', 'f"""{'),
    ],
)
def test_quotes_in_braces_become_the_other_ones(source: str, expected: str) -> None:
    assert plain(source) == expected


def test_a_module_is_read_whatever_version_reads_it(stated: Callable[..., list[Any]]) -> None:
    code = 'print(f"{row["age"]} {", ".join(row)}")\nrun()\n'
    assert [name for (name,) in stated("run.py", code, Call, "name")] == ["print", ".join", ".run"]
    assert stated("run.py", 'print(f"{row[")\nrun()\n', Call, "name") == []
