"""What annotations say of classes, and what calls they hold."""

from __future__ import annotations

import pytest

from mlops_scan import facts
from mlops_scan.facts.kinds import Call, Definition

IMPORTS = """
from typing import Annotated, Optional, Union
from fastapi import Depends
from churn.model import Model, get_model
"""


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Model", "churn.model.Model.predict"),
        ("Model | None", "churn.model.Model.predict"),
        ("Optional[Model]", "churn.model.Model.predict"),
        ("Annotated[Model, Depends(get_model)]", "churn.model.Model.predict"),
        ("Annotated[Model | None, 3]", "churn.model.Model.predict"),
        ("list[Model]", ".predict"),
        ("Union[Model, Other]", ".predict"),
        ("", ".predict"),
    ],
)
def test_a_parameter_is_of_the_class_that_its_annotation_says(said: str, asked: str) -> None:
    parameter = f"model: {said}" if said else "model"
    text = f"{IMPORTS}\ndef answer({parameter}):\n    model.predict(rows)\n"
    stated = facts.read("churn/api.py", text.encode()).facts
    assert asked in {fact.name for fact in stated if isinstance(fact, Call)}


@pytest.mark.parametrize(
    ("said", "called"), [("Annotated[Model, Depends(get_model)]", True), ("Annotated[Model, 'the model']", False)]
)
def test_what_an_annotation_calls_is_called(said: str, called: bool) -> None:
    text = f"{IMPORTS}\ndef answer(model: {said}):\n    pass\n"
    stated = facts.read("churn/api.py", text.encode()).facts
    handed = [name for fact in stated if isinstance(fact, Call) for name in fact.references.values()]
    assert ("churn.model.get_model" in handed) is called


@pytest.mark.parametrize(
    ("function", "returns"),
    [
        ("def get() -> Model:\n    return kept\n", "churn.model.Model"),
        ("def get():\n    return Model()\n", "churn.model.Model"),
        ("def get() -> str:\n    return name\n", ""),
        ("def get():\n    return get_model()\n", ""),
    ],
)
def test_a_function_says_which_class_it_returns(function: str, returns: str) -> None:
    stated = facts.read("churn/api.py", f"{IMPORTS}\n{function}".encode()).facts
    assert [fact.returns for fact in stated if isinstance(fact, Definition) and fact.name == "get"] == [returns]


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        ("model = Model()", "churn.model.Model.predict"),
        ("model = get_model()", "churn.model.get_model.predict"),
        ("model = None", ".predict"),
        ("model = Model", ".predict"),  # a class, of which somebody makes an object
        ("other = Model()", ".predict"),
        ("model = rows.model()", ".predict"),
    ],
)
def test_what_a_class_holds_is_held_by_its_objects(held: str, asked: str) -> None:
    text = f"{IMPORTS}\nclass Answer:\n    {held}\n\n    def answer(self, rows):\n        self.model.predict(rows)\n"
    stated = facts.read("churn/api.py", text.encode()).facts
    assert asked in {fact.name for fact in stated if isinstance(fact, Call)}
