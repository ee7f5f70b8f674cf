from __future__ import annotations

import json

import click
import pytest

from mlops_scan.assessment import Origin
from mlops_scan.chains.graph import Step
from mlops_scan.reports.traces import dot, mermaid, text
from mlops_scan.reports.traces import json as json_trace
from mlops_scan.trace import Chain, End, Trace, Trigger

CRON = Step(".github/workflows/retrain.yml", 4, "schedule 0 3 * * 1")
JOB = Step(".github/workflows/retrain.yml", 11, "job retrain: make train")
TRAINS = Step("churn/train.py", 8, "trains: xgboost.XGBClassifier.fit")
SAVES = Step("churn/train.py", 9, "registers: mlflow.register_model")
GONE = Step(".github/workflows/retrain.yml", 12, "job retrain: make ship")


def trigger(step: Step = CRON, event: str = "schedule", detail: str = "0 3 * * 1") -> Trigger:
    return Trigger(
        event,
        detail,
        step,
        (
            Chain("registers", "mlflow.registry", (step, JOB, SAVES)),
            Chain("trains", "xgboost.fit", (step, JOB, TRAINS)),
        ),
        (End("there is no target ship in Makefile", (step, GONE)),),
    )


def trace(*triggers: Trigger, unreached: tuple[Chain, ...] = ()) -> Trace:
    return Trace(Origin("churn", None, "worktree"), triggers, unreached)


def plain(found: Trace) -> str:
    return click.unstyle(text.render(found))


def test_chains_are_a_tree_with_places_in_a_column() -> None:
    lines = [" ".join(line.split()) for line in plain(trace(trigger())).splitlines()]
    assert lines == [
        "schedule 0 3 * * 1 (at 03:00, only on Monday) .github/workflows/retrain.yml:4",
        "job retrain: make train .github/workflows/retrain.yml:11",
        "trains: xgboost.XGBClassifier.fit churn/train.py:8",
        "registers: mlflow.register_model churn/train.py:9",
        "job retrain: make ship .github/workflows/retrain.yml:12",
        "! there is no target ship in Makefile",
    ]


def test_triggers_that_start_the_same_share_a_tree() -> None:
    manual = trigger(Step(CRON.path, 5, "manual"), "manual", "")
    assert plain(trace(trigger(), manual)).count("job retrain: make train") == 1


def test_nothing_is_told_as_nothing() -> None:
    assert plain(trace()) == "No trigger starts anything here.\n"
    assert "starts nothing that is known here" in plain(trace(Trigger("push", "", Step("a.yml", 1, "push"), (), ())))


def test_acts_that_nothing_starts_are_counted_by_kind() -> None:
    chains = tuple(Chain("trains", "x.y", (Step(f"{name}.py", 1, "trains: a.fit"),)) for name in "abc")
    assert "trains: a.fit" in plain(trace(unreached=chains))
    assert "and in 2 more files" in plain(trace(unreached=chains))


def test_json_holds_everything() -> None:
    found = json.loads(json_trace.render(trace(trigger())))
    assert found["schema_version"] == 1
    assert found["triggers"][0]["chains"][1]["steps"][-1] == {"path": "churn/train.py", "line": 8, "what": TRAINS.what}
    assert found["triggers"][0]["ends"][0]["reason"] == "there is no target ship in Makefile"


HOSTILE = 'x"] --> y["\n::error::\x1b[31m\u202e<script>; end'


@pytest.mark.parametrize("renderer", [text, dot, mermaid])
def test_names_cannot_forge_a_trace(renderer: object) -> None:
    step = Step(HOSTILE, 1, HOSTILE)
    rendered = click.unstyle(
        renderer.render(trace(Trigger("push", "", step, (), (End(HOSTILE, (step,)),))))  # type: ignore[attr-defined]
    )
    assert not {"\x1b", "\u202e"} & set(rendered)
    assert not any(line.startswith("::") for line in rendered.splitlines())


def test_mermaid_labels_cannot_be_ended() -> None:
    step = Step(HOSTILE, 1, HOSTILE)
    lines = mermaid.render(trace(Trigger("push", "", step, (), ()), trigger())).splitlines()
    assert lines[0] == "flowchart LR"
    assert all(line.count('"') == 2 for line in lines if "[" in line)
    assert all("<" not in line.replace("<br>", "") for line in lines)


def test_dot_quotes_what_it_shows() -> None:
    rendered = dot.render(
        trace(
            trigger(),
            Trigger("push", "", Step('a"b', 1, "c\\d"), (Chain("t", "x", (Step('a"b', 1, "c\\d"), JOB)),), ()),
        )
    )
    assert '[label="c\\\\d\\na\\"b:1"];' in rendered
    assert rendered.startswith("digraph chains {\n")
    assert rendered.endswith("}\n")
    assert "style=dashed" in rendered
