"""What functions fill into names of their module."""

from __future__ import annotations

import pytest

from mlops_scan import facts
from mlops_scan.facts.kinds import Call


@pytest.mark.parametrize(
    ("held", "name"),
    [
        ("model = None", "joblib.load.predict"),
        ("model: object = None", "joblib.load.predict"),
        ('model = ""', "joblib.load.predict"),
        ("model = []", "joblib.load.predict"),
        ("model = Other()", ".predict"),
        ("model = 'kept'", ".predict"),
        ("model = [1]", ".predict"),
    ],
)
def test_only_a_name_that_holds_nothing_is_filled(held: str, name: str) -> None:
    start = "def start():\n    global model\n    model = joblib.load('m')\n"
    source = f"import joblib\n{held}\n{start}def ask(rows):\n    return model.predict(rows)\n"
    found = facts.read("app.py", source.encode()).facts
    asked = [fact.name for fact in found if isinstance(fact, Call) and fact.name.endswith("predict")]
    assert asked == [name]


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        ("    import wandb\n    tracker = wandb\n", "wandb.log"),
        ("    import wandb as tracker\n", "wandb.log"),
        ("    from aim import sdk\n    tracker = sdk\n", "aim.sdk.log"),
        ("    from . import own\n    tracker = own\n", ".log"),
        ("    import wandb\n    tracker = other\n", ".log"),
    ],
)
def test_a_name_may_hold_a_module_that_a_function_imports(inside: str, name: str) -> None:
    source = f"tracker = None\ndef start():\n    global tracker\n{inside}def log(x):\n    tracker.log(x)\n"
    found = facts.read("app.py", source.encode()).facts
    assert [fact.name for fact in found if isinstance(fact, Call)] == [name]


def test_a_very_long_sum_is_read() -> None:
    source = f"total = None\ndef start():\n    global total\n    total = {'+'.join(['a'] * 1200)}\n"
    assert not facts.read("app.py", source.encode()).diagnostics
