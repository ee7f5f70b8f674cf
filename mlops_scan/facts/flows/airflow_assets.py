"""Airflow's datasets (assets, since version 3): who updates them starts the DAGs that wait for them.

Source of the format: https://airflow.apache.org/docs/apache-airflow/stable/authoring-and-scheduling/assets.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.flows.stated import address
from mlops_scan.facts.kinds import Link, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Call, Decorator, Fact

_ASSETS = frozenset(
    {"airflow.Dataset", "airflow.datasets.Dataset", "airflow.sdk.Asset", "airflow.assets.Asset", "airflow.Asset"}
)


def waits(made: Call | Decorator) -> bool:
    """Tell whether a DAG has no time of its own, but waits for assets: they stand in a list, or alone."""
    given = made.arguments.get("schedule", "")
    listed = any(key.startswith("schedule.") for key in made.references) and "Timetable" not in given
    return bool(_ASSETS & set(given.split(" "))) or (listed and not _in_call(given))


def _in_call(given: str) -> bool:
    """Tell whether what a schedule is handed stands in one call, such as ``timedelta(days=DAYS)``."""
    return given.startswith(("datetime.", "dateutil.", "pendulum.", "airflow.timetables.")) or given.endswith(
        "OrTimeSchedule"
    )


def linked(stated: Stated, dags: dict[str, Call | Decorator], tasks: dict[int, str]) -> Iterator[Fact]:
    """Yield the assets of a file, and who updates them and waits for them; ``tasks`` are by the number of the call."""
    addresses = dict(_assets(stated, dags, tasks))
    for node, asset in addresses.items():
        told = address(asset, "0", "uri", "name")
        yield Unit(line=asset.line, name=node, kind="asset", alias=told)
        yield Link(line=asset.line, kind="name", target=told or node, unit=node)
    for node, made in dags.items():
        for key, name in made.references.items():
            if key.partition(".")[0] == "schedule":
                yield Link(line=made.line, kind="upon", target=stated.target(name), unit=node)
    yield from _unnamed(stated, dags, tasks)
    for decorator in stated.decorators:
        for key, name in decorator.references.items():
            if key.partition(".")[0] == "outlets":
                yield Link(line=decorator.line, kind="function", target=stated.target(name), unit=decorator.unit)


def _assets(stated: Stated, dags: dict[str, Call | Decorator], tasks: dict[int, str]) -> Iterator[tuple[str, Call]]:
    """Yield the assets that variables hold."""
    others = {*dags, *tasks.values(), *(decorator.unit for decorator in stated.decorators)}
    for call in stated.calls:
        if call.name in _ASSETS and call.owners and call.owners[-1] not in others:
            yield call.owners[-1], call


def _unnamed(stated: Stated, dags: dict[str, Call | Decorator], tasks: dict[int, str]) -> Iterator[Fact]:
    """Yield links of assets that stand among the arguments of a DAG or task: calls follow the call around them."""
    user, decorated = "", {decorator.unit for decorator in stated.decorators}
    made = {id(call): node for node, call in dags.items()}
    for number, call in enumerate(stated.calls):
        user = made.get(id(call)) or tasks.get(number) or user
        if call.name not in _ASSETS:
            continue
        last = call.owners[-1] if call.owners else ""
        holder = last if last in decorated else user if last in {"", *dags, *tasks.values()} else ""
        told = address(call, "0", "uri", "name")
        if holder in dags and told:
            yield Unit(line=call.line, name=f"{holder} upon {told}", kind="asset", alias=told)
            yield Link(line=call.line, kind="unit", target=holder, unit=f"{holder} upon {told}")
        elif holder and told:
            yield Link(line=call.line, kind="name", target=told, unit=holder)
