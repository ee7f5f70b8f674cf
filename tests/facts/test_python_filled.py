"""Texts filled by names of elsewhere are spelled with those; what differs from run to run is not spelled."""

import pytest

from mlops_scan.facts import python_source
from mlops_scan.facts.kinds import Call

_HEAD = """
import os
import uuid
from airflow import Dataset
from acme import settings
from acme.places import BUCKET, load

LOCAL = "raw"
SECRET = os.environ["PLACE"]
NAME = f"{BUCKET}/{LOCAL}"
EACH = uuid.uuid4()
"""


def _filled(argument: str) -> str:
    source = f"{_HEAD}\ndef use(given: settings.Place):\n    Dataset({argument})\n"
    facts = python_source.read("dags/use.py", source.encode()).facts
    (call,) = (fact for fact in facts if isinstance(fact, Call) and fact.name == "airflow.Dataset")
    return call.filled.get("0", "")


@pytest.mark.parametrize(
    ("argument", "spelled"),
    [
        ('f"s3://{BUCKET}/{LOCAL}"', "s3://{acme.places.BUCKET}/raw"),
        ('f"s3://{settings.A}/"', "s3://{acme.settings.A}/"),
        ('"s3://" + settings.A["in"]', "s3://{acme.settings.A[in]}"),
        ('f"s3://{SECRET}"', "s3://{os.environ.__getitem__(0=PLACE)}"),
        ('"s3://" + load("a")', "s3://{acme.places.load(0=a)}"),
        ("NAME", "{acme.places.BUCKET}/raw"),
    ],
)
def test_spells_out_names_of_elsewhere(argument: str, spelled: str) -> None:
    """Constants of the file are filled in; imported names, and what they answer to constants, stand in braces."""
    assert _filled(argument) == spelled


@pytest.mark.parametrize(
    "argument",
    [
        '"s3://raw"',
        'f"s3://{given.name}"',
        'f"s3://{EACH}"',
        'f"s3://{load()}"',
        'f"s3://{load(LOCAL)}"',
        'f"s3://{BUCKET:>9}"',
        'f"s3://{BUCKET}/{unknown}"',
    ],
)
def test_leaves_what_may_differ(argument: str) -> None:
    """A parameter, an answer that may be another each time, and what is formatted are not known to be the same."""
    assert _filled(argument) == ""


def test_a_text_that_doubles_with_each_name_is_left() -> None:
    """Names that stand for each other many times over make no text that grows without end."""
    doubled = "".join(f'    t{number + 1} = f"{{t{number}}}{{t{number}}}"\n' for number in range(60))
    source = f'{_HEAD}\ndef use():\n    t0 = f"{{BUCKET}}/"\n{doubled}    Dataset(t60)\n'
    facts = python_source.read("dags/use.py", source.encode()).facts
    assert [fact.filled for fact in facts if isinstance(fact, Call) and fact.name == "airflow.Dataset"] == [{}]
