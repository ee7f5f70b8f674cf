from __future__ import annotations

from pathlib import Path

from mlops_scan import scan, trace

FIXTURES = Path(__file__).parent.parent / "fixtures"


def traced(name: str, events: tuple[str, ...] = (), acts: tuple[str, ...] = ()) -> trace.Trace:
    found = scan.examine(str(FIXTURES / name / "repo"))
    return trace.trace(found.graph, found.origin, events, acts)


def test_every_trigger_shows_the_nearest_of_each_act() -> None:
    triggers = traced("level-4-scheduled").triggers
    assert [(trigger.event, trigger.detail) for trigger in triggers] == [
        ("push", "main"),
        ("schedule", "0 6 * * *"),
        ("schedule", "0 3 * * 1"),
        ("manual", ""),
    ]
    weekly = triggers[2]
    assert sorted(chain.act for chain in weekly.chains) == [
        "deploys",
        "prepares",
        "registers",
        "stores",
        "trains",
        "validates",
    ]
    assert all(chain.steps[0] == weekly.step for chain in weekly.chains)


def test_an_event_and_an_act_may_be_asked_for() -> None:
    found = traced("level-4-scheduled", ("schedule",), ("trains",))
    assert {trigger.event for trigger in found.triggers} == {"schedule"}
    assert {chain.act for trigger in found.triggers for chain in trigger.chains} == {"trains"}
    assert found.unreached == ()


def test_what_no_trigger_comes_to_is_told_once_a_file() -> None:
    found = traced("trap-retrain-by-hand")
    assert "trains" in {chain.act for chain in found.unreached}
    places = [(chain.steps[0].path, chain.act) for chain in found.unreached]
    assert len(places) == len(set(places))


def test_early_ends_say_why() -> None:
    found = traced("trap-deploy-if-false")
    reasons = [end.reason for trigger in found.triggers for end in trigger.ends]
    assert any(reason.startswith("job deploy: if:") for reason in reasons), reasons


def test_a_repository_without_triggers_has_none() -> None:
    assert traced("level-0-notebooks").triggers == ()
