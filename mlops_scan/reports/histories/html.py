"""A history as one page: the picture, and in a table what each commit changed. It loads nothing and runs nothing."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

from mlops_scan.reports.courses import COMMIT, levels, span, turning
from mlops_scan.reports.step_chart import drawn
from mlops_scan.reports.visible import place, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.history import History, Point, Turn

_STYLE = """\
body{font:15px/1.5 system-ui,sans-serif;color:#24292f;background:#fff;max-width:62rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.3rem}svg{max-width:100%;height:auto}.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:bold;padding:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #d0d7de}
td:nth-child(1),td:nth-child(3){white-space:nowrap}
ul{margin:0;padding:0;list-style:none}code{font-size:.85em;overflow-wrap:anywhere}
.gained{color:#0b6e4f}.lost{color:#a1260d}"""
_POLICY = "default-src 'none'; style-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action 'none'"
_CUT = "<p>This clone is shallow: what came before is not known.</p>"


def render(history: History) -> str:
    """Return the page."""
    return "\n".join(_all(history)) + "\n"


def _all(history: History) -> Iterator[str]:
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    title = escape(span(history))
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(digest)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>"
    yield _CUT if history.cut else ""
    yield f'<div class="wide" tabindex="0" role="region" aria-label="Chart">\n{drawn(history)}</div>'
    yield '<div class="wide" tabindex="0" role="region" aria-label="Table">\n<table>\n<caption>What changed</caption>'
    yield '<thead><tr><th scope="col">Day</th><th scope="col">Commit</th><th scope="col">Level</th>'
    yield '<th scope="col">Gained and lost</th></tr></thead>\n<tbody>'
    yield from (_row(before, point) for before, point in turning(history))
    yield "</tbody>\n</table>\n</div>\n</main>\n</body>\n</html>"


def _row(before: Point | None, point: Point) -> str:
    tag = f" ({escape(visible(point.tag))})" if point.tag else ""
    turns = [_turn("+", "gained", turn) for turn in point.gained] + [_turn("-", "lost", turn) for turn in point.lost]
    cells = (
        point.time[:10],
        f"<code>{point.commit[:COMMIT]}</code>{tag}<br>{escape(visible(point.subject))}",
        levels(before, point),
        f"<ul>{''.join(turns)}</ul>" if turns else "",
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _turn(sign: str, word: str, turn: Turn) -> str:
    where = f" <code>{escape(place(turn.path, turn.line))}</code>" if turn.path else ""
    return f'<li><span class="{word}">{sign} {turn.id}</span>{where}</li>'
