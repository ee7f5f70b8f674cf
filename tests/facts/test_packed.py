"""Readings as bytes."""

from __future__ import annotations

from mlops_scan import facts
from mlops_scan.facts.packed import pack, unpack

CODE = b"""
import mlflow

def train(rows):
    mlflow.log_metric("auc", 0.9)
    mlflow.log_metric("f1", 0.8)
"""


def test_what_is_unpacked_is_what_was_packed() -> None:
    reading = facts.read("train.py", CODE)
    assert unpack(pack(reading)) == reading


def test_facts_that_name_the_same_share_its_text() -> None:
    calls = [fact for fact in unpack(pack(facts.read("train.py", CODE))).facts if isinstance(fact, facts.kinds.Call)]
    assert [call.name for call in calls] == ["mlflow.log_metric", "mlflow.log_metric"]
    assert calls[0].name is calls[1].name
    assert calls[0].unit is calls[1].unit


def test_what_could_not_be_read_is_kept_with_its_reason() -> None:
    reading = facts.read("train.py", b"def train(:\n")
    assert reading.diagnostics
    assert unpack(pack(reading)) == reading
