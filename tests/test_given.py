from __future__ import annotations

import time

import pytest

from mlops_scan import given


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('key="a b", next', ["a b"]),
        ("api_key=(one two) three", ["(one two)"]),
        ('password="a",(key="b"', ["a", "b"]),
    ],
)
def test_where_values_begin_and_end(text: str, values: list[str]) -> None:
    assert [text[start:end] for start, end in given.values(text)] == values


@pytest.mark.parametrize("part", ['key="a",( ', "key=( ", 'key="( ', "key='a ", 'password: "', 'key=a\\" '])
def test_what_never_closes_takes_no_square_of_its_length(part: str) -> None:
    begun = time.thread_time()
    list(given.values(part * 20_000))
    assert time.thread_time() - begun < 5  # the square takes minutes
