from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Call

if TYPE_CHECKING:
    from collections.abc import Callable

BEGIN = "from typing import Annotated, Any, Optional\n\nfrom churn import Trainer, logs, make\n\n\n"


@pytest.mark.parametrize(
    ("annotation", "name"),
    [
        ("Trainer", "churn.Trainer.fit"),
        ("Trainer | None", "churn.Trainer.fit"),
        ("None | Trainer", "churn.Trainer.fit"),
        ("Optional[Trainer]", "churn.Trainer.fit"),
        ("Annotated[Trainer | None, 1]", "churn.Trainer.fit"),
        ("'Trainer'", "churn.Trainer.fit"),
        ("'Trainer | None'", "churn.Trainer.fit"),
        # of two classes either may be handed over, and a list is none of its items
        ("Trainer | logs.Other", ".fit"),
        ("list[Trainer]", ".fit"),
        ("Any", ".fit"),
        ("'not a class'", ".fit"),
    ],
)
def test_a_parameter_is_of_the_class_that_it_is_annotated_with(
    annotation: str, name: str, stated: Callable[..., list[Any]]
) -> None:
    code = f"{BEGIN}def go(trainer: {annotation} = None):\n    trainer.fit(1)\n\n\n"
    code += f"class Job:\n    trainer: {annotation}\n\n    def go(self):\n        self.trainer.fit(2)\n"
    found = stated("job.py", code, Call, "name")
    assert [each for (each,) in found if each.endswith("fit")] == [name, name]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("trainer or Trainer()", "churn.Trainer.fit"),
        ("trainer or logs", "churn.logs.fit"),
        ("Trainer() if trainer is None else trainer", "churn.Trainer.fit"),
        ("trainer if trainer is not None else Trainer()", "churn.Trainer.fit"),
        ("make() if ready else None", "churn.make.fit"),
        # nobody knows which of two is made, nor what is handed over
        ("Trainer() if ready else make()", ".fit"),
        ("trainer or None", ".fit"),
        ("trainer and Trainer()", ".fit"),
    ],
)
def test_what_is_made_where_nothing_is_given_is_what_a_name_holds(
    value: str, name: str, stated: Callable[..., list[Any]]
) -> None:
    code = f"{BEGIN}def go(trainer=None):\n    mine = {value}\n    mine.fit(1)\n\n\nclass Job:\n"
    code += f"    def __init__(self, trainer=None):\n        self.trainer = {value}\n\n"
    code += "    def go(self):\n        self.trainer.fit(2)\n"
    found = stated("job.py", code, Call, "name")
    assert [each for (each,) in found if each.endswith("fit")] == [name, name]


@pytest.mark.parametrize(
    ("held", "started", "name"),
    [
        ("None", "global trainer\n    trainer = Trainer()", "churn.Trainer.fit"),
        ("None", "global other, trainer\n    trainer = make('a')", "churn.make.fit"),
        ("None", "global trainer\n    trainer = None", ".fit"),
        # what a function calls so is its own, and of two nobody knows which was the last
        ("None", "trainer = Trainer()", ".fit"),
        ("None", "global trainer\n    trainer = Trainer()\n    if logs:\n        trainer = make()", ".fit"),
        ("make()", "global trainer\n    trainer = Trainer()", "churn.make.fit"),
    ],
)
def test_a_name_of_a_module_is_what_a_function_fills_in(
    held: str, started: str, name: str, stated: Callable[..., list[Any]]
) -> None:
    code = f"{BEGIN}trainer = {held}\n\n\ndef start():\n    {started}\n\n\ndef go():\n    trainer.fit(1)\n"
    found = stated("job.py", code, Call, "name")
    assert [each for (each,) in found if each.endswith("fit")] == [name]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Trainer | None = None", "churn.Trainer.fit"),
        ("Optional[Trainer] = None", "churn.Trainer.fit"),
        ("Any = None", ".fit"),
        ("dict[str, Trainer] = {}", ".fit"),
    ],
)
def test_a_name_of_a_module_is_of_the_class_that_it_is_annotated_with(
    said: str, name: str, stated: Callable[..., list[Any]]
) -> None:
    code = f"{BEGIN}trainer: {said}\n\n\ndef go():\n    trainer.fit(1)\n"
    found = stated("job.py", code, Call, "name")
    assert [each for (each,) in found if each.endswith("fit")] == [name]


MADE = """
from mlflow import MlflowClient
from other import Client, find

class Log:
    kept: MlflowClient

    def start(self, given):
        client = MlflowClient()
        thing = Client()
        self.own = client
        self.kept = given
        self.thing = thing

    def again(self, thing):
        thing = find("thing")

    def log(self):
        self.own.log_metric("a", 1)
        self.kept.log_param("a", 1)
        self.thing.send("a")
"""


def test_an_attribute_is_what_a_local_name_or_an_annotated_field_was_made_by(stated: Callable[..., list[Any]]) -> None:
    found = [name for (name,) in stated("log.py", MADE, Call, "name")]
    assert "mlflow.MlflowClient.log_metric" in found
    # what two methods call alike is not known
    assert found[-2:] == ["mlflow.MlflowClient.log_param", ".send"]


IMPORTED = """
class Log:
    def __init__(self):
        {kept}

    def log(self, x):
        self.tracker.log(x)

    def close(self):
        self.tracker = None
"""


@pytest.mark.parametrize(
    ("kept", "name"),
    [
        ("import wandb; self.tracker = wandb", "wandb.log"),
        ("import wandb; self.tracker = other", ".log"),
        ("from . import wandb; self.tracker = wandb", ".log"),
    ],
)
def test_an_attribute_may_hold_a_module_that_a_method_imports(
    kept: str, name: str, stated: Callable[..., list[Any]]
) -> None:
    assert stated("log.py", IMPORTED.format(kept=kept), Call, "name") == [(name,)]


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ("Endpoint.list(filter=1)[-1]", "churn.cloud.Endpoint.list.deploy"),
        ("found[0]", "churn.cloud.Endpoint.list.deploy"),
        # by a key something else is taken, and other answers are no lists of what they are asked of
        ('found["churn"]', ".deploy"),
        ("Endpoint.list(filter=1)[name]", ".deploy"),
        ("Endpoint.parts()[0]", ".deploy"),
    ],
)
def test_one_of_those_that_a_client_lists_is_asked_like_them(
    taken: str, name: str, stated: Callable[..., list[Any]]
) -> None:
    code = f"from churn.cloud import Endpoint\n\nfound = Endpoint.list()\none = {taken}\none.deploy(1)\n"
    found = stated("job.py", code, Call, "name")
    assert [each for (each,) in found if each.endswith("deploy")] == [name]
