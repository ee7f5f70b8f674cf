"""Which functions are tests."""

from __future__ import annotations

import pytest

from mlops_scan import facts
from mlops_scan.facts import kinds


@pytest.mark.parametrize(
    ("source", "tests"),
    [
        ("def test():\n    assert fit()", ["test"]),
        ("def test_model(model):\n    assert model.fit()", ["test_model"]),
        ("@mark.parametrize('x', [1])\ndef test(x):\n    assert x", ["test"]),
        ("class Fits(TestCase):\n    def test(self):\n        self.assertTrue(fit())", ["Fits.test"]),
        ("def test(model, loader):\n    assert loader\n    return model(loader)", []),  # tries a model
    ],
)
def test_a_function_called_test_that_is_given_something_is_none(source: str, tests: list[str]) -> None:
    read = facts.read("test_model.py", source.encode())
    assert [fact.name for fact in read.facts if isinstance(fact, kinds.Test)] == tests
