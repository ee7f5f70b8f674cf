from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from mlops_scan.chains.graph import MAX_LINKS, MAX_REACH, Builder, Node, Step
from mlops_scan.evidence import Evidence

if TYPE_CHECKING:
    from mlops_scan.chains import Graph

NAMES = st.sampled_from("abcdefgh")


def node(name: str) -> Node:
    return Node("a.py", name)


def step(line: int, what: str = "calls") -> Step:
    return Step("a.py", line, what)


def act(name: str, kind: str, line: int = 1) -> Evidence:
    return Evidence("tool.question", "a.py", line, "strong", "Does it.", "tool.call", unit=name, act=kind)


def built(links: list[tuple[str, str]], acts: list[tuple[str, str]] = ()) -> Graph:  # type: ignore[assignment]
    builder = Builder()
    for line, (source, target) in enumerate(links, 1):
        builder.link(node(source), node(target), step(line))
    for name, kind in acts:
        builder.acts[node(name)].append(act(name, kind))
    return builder.graph()


def test_the_nearest_act_comes_first_by_the_shortest_chain() -> None:
    graph = built([("a", "b"), ("b", "c"), ("a", "c")], [("c", "trains"), ("b", "prepares")])
    found = [(reached.evidence.act, len(reached.chain)) for reached in graph.reach([node("a")])]
    assert found == [("prepares", 2), ("trains", 2)]


def test_a_unit_that_starts_itself_ends() -> None:
    graph = built([("a", "b"), ("b", "a"), ("b", "b")], [("b", "trains")])
    assert [visit.node.unit for visit in graph.walk([node("a")])] == ["a", "b"]


def test_of_very_many_units_the_first_are_come_to() -> None:
    graph = built([("start", str(number)) for number in range(MAX_REACH * 2)])
    visits = [visit.node.unit for visit in graph.walk([node("start")])]
    assert len(visits) == MAX_REACH
    assert visits[:3] == ["start", "0", "1"]


def test_very_long_chains_end() -> None:
    graph = built([(str(number), str(number + 1)) for number in range(MAX_LINKS * 2)])
    assert [visit.node.unit for visit in graph.walk([node("0")])] == [str(number) for number in range(MAX_LINKS + 1)]


def test_what_follows_a_step_that_fails_is_not_reached_in_a_job_only() -> None:
    for kind, reached in [("job", []), ("script", ["trains"])]:
        builder = Builder()
        builder.kinds[node("a")] = kind
        builder.end(node("a"), step(3, "python gone.py"), "there is no file gone.py here")
        builder.acts[node("a")].append(act("a", "trains", line=4))
        assert [found.evidence.act for found in builder.graph().reach([node("a")])] == reached


def test_a_tolerated_failure_ends_nothing() -> None:
    builder = Builder()
    builder.kinds[node("a")] = "job"
    builder.end(node("a"), step(3), "there is no file gone.py here", tolerated=True)
    builder.acts[node("a")].append(act("a", "trains", line=4))
    assert [found.evidence.act for found in builder.graph().reach([node("a")])] == ["trains"]


def test_conditions_leave_events_out() -> None:
    builder = Builder()
    builder.link(node("a"), node("b"), step(1))
    builder.acts[node("b")].append(act("b", "trains"))
    builder.only[node("b")] = frozenset({"push"})
    graph = builder.graph()
    assert [[r.evidence.act for r in graph.reach([node("a")], (), event)] for event in ("push", "schedule", "")] == [
        ["trains"],
        [],
        ["trains"],
    ]


def test_a_service_comes_to_its_handlers_only_when_asked() -> None:
    builder = Builder()
    builder.link(node("a"), node("b"), step(1), answers=True)
    builder.acts[node("b")].append(act("b", "trains"))
    graph = builder.graph()
    assert list(graph.reach([node("a")])) == []
    assert [reached.evidence.act for reached in graph.reach([node("a")], answers=True)] == ["trains"]


@given(st.lists(st.tuples(NAMES, NAMES), max_size=20), st.lists(st.tuples(NAMES, st.sampled_from(["trains", "tests"]))))
def test_what_may_be_reached_is_what_is_reached(links: list[tuple[str, str]], acts: list[tuple[str, str]]) -> None:
    graph = built(links, acts)
    for name in "abcdefgh":
        reached = {found.evidence.act for found in graph.reach([node(name)])}
        assert reached == graph.leads.get(node(name), frozenset())
        assert graph.may_reach(node(name), [["trains"]]) == ("trains" in reached)


@given(st.lists(st.tuples(NAMES, NAMES), max_size=20), st.tuples(NAMES, NAMES))
def test_another_link_takes_no_act_away(links: list[tuple[str, str]], more: tuple[str, str]) -> None:
    acts = [("h", "trains"), ("g", "deploys")]
    fewer, all_ = built(links, acts), built([*links, more], acts)
    for name in "abcdefgh":
        assert fewer.leads.get(node(name), frozenset()) <= all_.leads.get(node(name), frozenset())
