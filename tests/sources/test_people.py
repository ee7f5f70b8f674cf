from __future__ import annotations

from collections import Counter

import pytest

from mlops_scan.sources.people import joined


def found(*people: tuple[str, str]) -> int:
    """Return how many people names with addresses are."""
    return len(joined((Counter(people), {person: {b"a.py"} for person in people})))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Ada Lovelace", "a@x.example"), ("Ada M. Lovelace", "b@y.example")),
        (("AdaLovelaceKing", "a@x.example"), ("AdaMLovelaceKing", "b@y.example")),
        (("Ada Lovelace", "a@x.example"), ("EC2 Default User", "ec2-user@ip-1-2.internal")),
        (("Ada Lovelace", "a@x.example"), ("AWS CodeCommit", "noreply-awscodecommit@amazon.example")),
    ],
)
def test_one_person(first: tuple[str, str], second: tuple[str, str]) -> None:
    assert found(first, second) == 1


def test_two_people_may_differ_by_an_initial() -> None:
    assert found(("Ada M. Lovelace", "a@x.example"), ("Ada B. Lovelace", "b@y.example")) == 2
    three = [("Ada Lovelace", "c@x.example"), ("Ada M. Lovelace", "a@x.example"), ("Ada B. Lovelace", "b@y.example")]
    assert found(*three) == 3
