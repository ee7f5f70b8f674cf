"""What the values of a Helm chart decide about its templates: what they switch off is not there.

A condition stands where any values file of the chart, or one beside the charts, makes it so; what cannot be told here
(``include``, ``semverCompare``, ``.Capabilities``) stands as well. A chart with sources and an icon is one that others
publish, copied: it is left out whole.

Source of the format: https://helm.sh/docs/chart_template_guide/control_structures/ and
https://helm.sh/docs/topics/charts/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan.evidence import FileFacts
from mlops_scan.facts.kinds import Conditional, Resource, Setting
from mlops_scan.globs import path_matcher

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.facts.kinds import Fact

Values = dict[str, str]

_FALSE = frozenset({"", "false", "no", "off", "0", "null", "~"})
_LONGEST = 300
_CHART = path_matcher(("Chart.yaml", "Chart.yml"))
_VALUES = path_matcher(("values*.yaml", "values*.yml"))


class _Chart(NamedTuple):
    """A chart by its folder: what each way to release it sets, and whether somebody else publishes it."""

    folder: str
    values: tuple[Values, ...]
    foreign: bool


def as_released(files: tuple[FileFacts, ...]) -> tuple[FileFacts, ...]:
    """Return the files, those in charts without what no values switch on."""
    charts = tuple(_charts(files))
    return tuple(_released(file, _around(file.path, charts)) for file in files) if charts else files


def holds(condition: str, values: Values) -> bool | None:
    """Tell whether a condition of a template holds for these values; None where that cannot be told."""
    parts = _parts(condition) if len(condition) <= _LONGEST else []
    if len(parts) == 1:
        return holds(condition.strip()[1:-1], values) if condition.strip().startswith("(") else _given(parts[0], values)
    word, operands = (parts[0], parts[1:]) if parts else ("", [])
    if word == "eq" and len(operands) == 2 and operands[0].startswith(".Values."):  # noqa: PLR2004 - what eq compares
        return values.get(operands[0].removeprefix(".Values."), "") == operands[1].strip('"')
    known = [holds(operand, values) for operand in operands] if word in {"not", "and", "or"} else []
    if word == "not":
        return None if known[0] is None else not known[0]
    if not known or (word == "and" and False in known) or (word == "or" and True in known):
        return word == "or" if known else None
    return None if None in known else word == "and"


def _charts(files: Iterable[FileFacts]) -> Iterator[_Chart]:
    """Yield the charts of a repository, inner ones first."""
    files = tuple(files)
    named = [file for file in files if _CHART(file.path)]
    folders = sorted({file.path.rpartition("/")[0] for file in named}, key=len, reverse=True)
    values = sorted((file for file in files if _VALUES(file.path)), key=_default_first) if folders else []
    homes = {file.path: next((folder for folder in folders if _within(file.path, folder)), None) for file in values}
    for file in named:
        folder = file.path.rpartition("/")[0]
        own = [_set(given) for given in values if homes[given.path] == folder]
        beside = [_set(given) for given in values if homes[given.path] is None]
        yield _Chart(folder, tuple({**own[0], **more} for more in ({}, *own, *beside)) if own else (), _foreign(file))


def _default_first(file: FileFacts) -> tuple[bool, str]:
    return "/values.y" not in f"/{file.path}", file.path


def _set(file: FileFacts) -> Values:
    return {setting.key: setting.value for setting in file.of(Setting)}


def _foreign(chart: FileFacts) -> bool:
    keys = {setting.key for setting in chart.of(Setting)}
    return "icon" in keys and "sources.0" in keys


def _within(path: str, folder: str) -> bool:
    return not folder or path.startswith(folder + "/")


def _around(path: str, charts: tuple[_Chart, ...]) -> _Chart | None:
    around = [chart for chart in charts if _within(path, chart.folder)]
    return max(around, key=lambda chart: len(chart.folder)) if around else None


def _released(file: FileFacts, chart: _Chart | None) -> FileFacts:
    if chart is None:
        return file
    if chart.foreign:
        return FileFacts(file.path, file.role, ())
    off = [fact for fact in file.of(Conditional) if _switched_off(fact.condition, chart)]
    return FileFacts(file.path, file.role, tuple(_standing(file.facts, off))) if off else file


def _switched_off(condition: str, chart: _Chart) -> bool:
    return bool(chart.values) and all(holds(condition, values) is False for values in chart.values)


def _standing(facts: Iterable[Fact], off: list[Conditional]) -> Iterator[Fact]:
    """Yield the facts outside of what is switched off, resources without the settings in it."""
    for fact in facts:
        if _stands(fact.line, off):
            if isinstance(fact, Resource):
                yield msgspec.structs.replace(fact, settings=tuple(s for s in fact.settings if _stands(s.line, off)))
            else:
                yield fact


def _stands(line: int, off: list[Conditional]) -> bool:
    return not any(conditional.line < line < conditional.end for conditional in off)


def _given(word: str, values: Values) -> bool | None:
    """Tell whether a value is given and not empty."""
    key = word.removeprefix("$").removeprefix(".Values.")
    if key == word.removeprefix("$") or key.startswith("global."):
        return None
    if key in values:
        return values[key].lower() not in _FALSE
    return any(name.startswith(key + ".") for name in values)


def _parts(condition: str) -> list[str]:
    """Return the words of a condition, what stands in brackets as one."""
    parts: list[str] = []
    deep, word = 0, ""
    for sign in f"{condition} ":
        deep += (sign == "(") - (sign == ")")
        if sign.isspace() and not deep:
            parts += [word] if word else []
            word = ""
        else:
            word += sign
    return parts
