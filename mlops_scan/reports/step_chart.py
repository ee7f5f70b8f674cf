"""A history as a picture: the level as steps over time, and below it when each capability was there."""

from __future__ import annotations

import datetime as dt
from html import escape
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan import model
from mlops_scan.reports.courses import COMMIT, levels, span, turning
from mlops_scan.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mlops_scan.history import History, Point

WIDTH, _LEFT, _RIGHT = 960, 230, 24
_TOP, _STEP, _GAP, _LANE, _BAR, _FOOT = 52, 36, 44, 18, 10, 16
_TICKS = 6
_INK, _PALE, _LINE, _ATTESTED = "#24292f", "#d0d7de", "#0a5c9e", "#8c6d00"
_HOLDS = {"present": "", "attested": ' fill-opacity="0.35" stroke-dasharray="3 2"'}


class Scale(NamedTuple):
    """Where on the picture each point lies, from left to right, and the days under the axis."""

    at: tuple[float, ...]
    ticks: tuple[tuple[float, str], ...]


def scale(points: Sequence[Point]) -> Scale:
    """Place points by their time; where clocks were wrong, time stands still until it is caught up with."""
    times = list(accumulate((dt.datetime.fromisoformat(point.time).timestamp() for point in points), max))
    first, length = times[0], times[-1] - times[0]
    room = WIDTH - _LEFT - _RIGHT
    if not length:
        return Scale(tuple(_LEFT + 0.0 for _ in points), ((_LEFT, points[0].time[:10]),))
    marks = [(_LEFT + room * part / _TICKS, first + length * part / _TICKS) for part in range(_TICKS + 1)]
    ticks = tuple((x, dt.datetime.fromtimestamp(at, tz=dt.timezone.utc).date().isoformat()) for x, at in marks)
    return Scale(tuple(_LEFT + room * (time - first) / length for time in times), ticks)


def drawn(history: History) -> str:
    """Return the picture as SVG, with the same in words for those who do not see it."""
    names = [name for name in history.points[0].capabilities if any(_holds(point, name) for point in history.points)]
    tops = len(model.load().level) - 1
    base = _TOP + tops * _STEP
    height = base + _GAP + len(names) * _LANE + _FOOT
    last = history.points[-1]
    told = f"{span(history)}. At the end: {levels(None, last)}, {last.level_name}"
    placed = scale(history.points)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"',
        ' role="img" aria-labelledby="t" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">',
        f'<title id="t">{escape(told)}</title>',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        _text(12, 24, span(history), "start", ' font-weight="bold" font-size="13"'),
        *_grid(placed, base),
        *_steps(history, placed, base),
        *(
            part
            for number, name in enumerate(names)
            for part in _lane(history, placed, name, base + _GAP + number * _LANE)
        ),
    ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _holds(point: Point, name: str) -> bool:
    return point.capabilities[name] in _HOLDS


def _text(x: float, y: float, text: str, anchor: str = "end", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}"{more}>{escape(text)}</text>'


def _rule(x: float, y: float, x2: float, y2: float) -> str:
    return f'<path d="M{x:.1f} {y:.1f}L{x2:.1f} {y2:.1f}" stroke="{_PALE}"/>'


def _grid(placed: Scale, base: float) -> Iterator[str]:
    """Yield a line for each level with its name, and the days below them."""
    for level in model.load().level:
        y = base - level.number * _STEP
        yield _rule(_LEFT, y, WIDTH - _RIGHT, y)
        yield _text(_LEFT - 10, y + 4, f"{level.name}  {level.number}")
    for number, (x, day) in enumerate(placed.ticks):
        anchor = "end" if number == _TICKS else "start" if not number else "middle"
        yield _rule(x, base, x, base + 5)
        yield _text(x, base + 18, day, anchor)


def _steps(history: History, placed: Scale, base: float) -> Iterator[str]:
    """Yield the line of levels, broken where there is none, and a mark with words for each change."""
    spots = list(zip(history.points, placed.at, strict=True))
    for level, run in groupby(zip(spots, [*placed.at[1:], WIDTH - _RIGHT], strict=True), lambda one: one[0][0].level):
        pieces = list(run)
        if level is not None:
            x, end, y = pieces[0][0][1], pieces[-1][1], base - level * _STEP
            yield f'<path d="M{x:.1f} {y:.1f}H{end:.1f}" stroke="{_LINE}" stroke-width="3" stroke-linecap="round"/>'
    where = {point.commit: x for point, x in spots}
    for before, point in turning(history):
        x, y = where[point.commit], base - (point.level or 0) * _STEP
        if before and None not in {before.level, point.level} and before.level != point.level:
            old = base - (before.level or 0) * _STEP
            yield f'<path d="M{x:.1f} {old:.1f}V{y:.1f}" stroke="{_LINE}" stroke-width="3" stroke-linecap="round"/>'
        fill = "#fff" if point.level is None else _LINE
        mark = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{fill}" stroke="{_LINE}" stroke-width="2">'
        yield f"{mark}<title>{escape(_words(before, point))}</title></circle>"


def _words(before: Point | None, point: Point) -> str:
    signs = [f"+ {turn.id}" for turn in point.gained] + [f"- {turn.id}" for turn in point.lost]
    head = f"{point.time[:10]} {point.commit[:COMMIT]} {levels(before, point)}: {visible(point.subject)}"
    return "; ".join([head, *signs])


def _lane(history: History, placed: Scale, name: str, y: float) -> Iterator[str]:
    """Yield the times in which a capability was there; those that the team attests are pale and dashed."""
    colours = {one.id: model.load().level[one.level].colour for one in model.load().capability}
    yield _text(_LEFT - 10, y + _BAR, name)
    yield _rule(_LEFT, y + _LANE - 4, WIDTH - _RIGHT, y + _LANE - 4)
    ends = [*placed.at[1:], WIDTH - _RIGHT]
    pieces = [(point.capabilities[name], x, end) for point, x, end in zip(history.points, placed.at, ends, strict=True)]
    for status, run in groupby(pieces, lambda piece: piece[0]):
        spans = list(run)
        if status in _HOLDS:
            x, width = spans[0][1], max(spans[-1][2] - spans[0][1], 2)
            look = f'fill="{colours[name]}" stroke="{colours[name]}"{_HOLDS[status]}'
            box = f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{_BAR}" rx="2" {look}>'
            yield f"{box}<title>{name}: {status}</title></rect>"
