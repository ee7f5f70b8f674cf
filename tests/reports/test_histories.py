"""Reports of a history say what changed, and nothing in them is a tag, a formula, a link or a command."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import click
import pytest
from hypothesis import given

from mlops_scan import model, reports
from mlops_scan.assessment import Origin
from mlops_scan.history import History, Point, Turn
from mlops_scan.reports import step_chart
from tests.reports.pieces import COMMAND, HIDING
from tests.reports.samples import FEW, HISTORIES

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMES = [capability.id for capability in model.load().capability]
SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "rect", "path", "circle", "text"}


def point(day: str, level: int | None, holds: Iterable[str] = (), **more: Any) -> Point:  # noqa: ANN401 - what a test sets besides
    statuses = dict.fromkeys(NAMES, "absent") | dict.fromkeys(holds, "present")
    given: dict[str, Any] = {"subject": f"on {day}", "tag": "", "kind": "ml-system", "complete": True, **more}
    return Point(
        commit=day.replace("-", "") * 5,
        time=f"{day}T12:00:00+00:00",
        level=level,
        level_name="not applicable" if level is None else model.load().level[level].name,
        capabilities=statuses,
        **given,
    )


GAINED = Turn("unit-tests", 1, required=True, before="absent", after="present", path="tests/test_x.py", line=7)
GROWN = History(
    Origin("churn", None, "commit"),
    "week",
    30,
    cut=False,
    points=(
        point("2024-01-01", None),
        point("2024-01-08", 0),
        point("2024-01-15", 0),
        point("2024-02-01", 1, ["unit-tests"], gained=(GAINED,), tag="v1"),
        point("2024-02-02", 0, lost=(GAINED,)),
        point("2024-02-03", 0),
    ),
)


def rendered(kind: str, history: History = GROWN) -> str:
    return reports.renderer("histories", kind)(history)


def test_text_shows_the_commits_that_changed_something() -> None:
    assert click.unstyle(rendered("text")).splitlines() == [
        "History of churn, 2024-01-01 to 2024-02-03: 30 commits, 6 points, at least one a week",
        "",
        "2024-01-01  202401012024  no level, ml-system  on 2024-01-01",
        "",
        "2024-01-08  202401082024  no level -> 0  on 2024-01-08",
        "",
        "2024-02-01  202402012024  level 0 -> 1  (v1)  on 2024-02-01",
        "  + unit-tests (required for level 1)  tests/test_x.py:7",
        "",
        "2024-02-02  202402022024  level 1 -> 0  on 2024-02-02",
        "  - unit-tests (required for level 1)  tests/test_x.py:7",
        "",
        "2024-02-03  202402032024  level 0  on 2024-02-03",
    ]


def test_json_holds_every_point() -> None:
    told = json.loads(rendered("json"))
    assert (told["schema_version"], told["every"], told["commits"], told["cut"]) == (1, "week", 30, False)
    assert [one["level"] for one in told["points"]] == [None, 0, 0, 1, 0, 0]
    assert told["points"][3]["gained"][0]["path"] == "tests/test_x.py"
    assert told["points"][3]["capabilities"]["unit-tests"] == "present"


def test_csv_has_a_row_a_point_and_a_column_a_capability() -> None:
    rows = list(csv.DictReader(io.StringIO(rendered("csv"))))
    assert [row["level"] for row in rows] == ["", "0", "0", "1", "0", "0"]
    assert (rows[3]["gained"], rows[3]["unit-tests"], rows[3]["tag"]) == ("unit-tests", "present", "v1")
    assert set(NAMES) <= rows[0].keys()


@pytest.mark.parametrize("subject", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", '=cmd|" /C calc"!A0', "\t=1", "\r=1"])
def test_no_cell_is_a_formula(subject: str) -> None:
    hostile = History(GROWN.source, "week", 1, cut=False, points=(point("2024-01-01", 0, subject=subject),))
    (row,) = csv.DictReader(io.StringIO(rendered("csv", hostile), newline=""))
    assert not row["subject"].lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))


def shapes(text: str) -> list[ET.Element]:
    return list(ET.fromstring(text).iter())  # noqa: S314 - our own picture


def test_the_picture_steps_up_and_down_where_the_level_does() -> None:
    found = shapes(rendered("svg"))
    downs = [match for one in found if (match := re.fullmatch(r"M([\d.]+) ([\d.]+)V([\d.]+)", one.get("d", "")))]
    assert len(downs) == 2, "one step up to level 1, one down"
    assert float(downs[0][2]) - float(downs[0][3]) == float(downs[1][3]) - float(downs[1][2]) > 0
    marks = [one.findtext(f"{SVG}title") or "" for one in found if one.tag == f"{SVG}circle"]
    assert len(marks) == 5
    assert marks[2] == "2024-02-01 202402012024 level 0 -> 1: on 2024-02-01; + unit-tests"
    lane = next(one for one in found if one.findtext(f"{SVG}title") == "unit-tests: present")
    assert float(lane.get("x", "0")) == float(downs[0][1])
    assert float(lane.get("x", "0")) + float(lane.get("width", "0")) == pytest.approx(float(downs[1][1]), abs=0.2)
    assert "At the end: level 0" in (found[0].findtext(f"{SVG}title") or "")


def test_time_does_not_run_backwards_in_the_picture() -> None:
    days = [point(day, 0) for day in ("2024-03-01", "2024-01-01", "2024-06-01")]
    assert step_chart.scale(days).at == (230, 230, 936)
    assert step_chart.scale(days[:2]).at == (230, 230)


def test_the_page_loads_nothing_and_its_policy_names_its_style() -> None:
    page = rendered("html")
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert len(style) == 1
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert not re.search(r"<script|<link|<img|<iframe| style=| on\w+=|url\(|@import|href=|src=", page)
    assert rendered("svg") in page
    assert "tests/test_x.py:7" in page


@pytest.mark.parametrize("kind", ["text", "html"])
def test_a_shallow_clone_is_said_to_be_one(kind: str) -> None:
    cut = History(GROWN.source, "week", 30, cut=True, points=GROWN.points)
    assert "shallow" in rendered(kind, cut)
    assert "shallow" not in rendered(kind)


@FEW
@given(HISTORIES)
def test_pictures_and_pages_keep_their_form(found: History) -> None:
    picture = rendered("svg", found)
    assert {one.tag.removeprefix(SVG) for one in shapes(picture)} <= TAGS
    page = rendered("html", found)
    body = page[page.index("<main>") : page.index("</main>") + len("</main>")].replace("<br>", "<br/>")
    assert {one.tag.removeprefix(SVG) for one in shapes(body)} <= TAGS | {
        *(
            "main",
            "h1",
            "p",
            "div",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "code",
            "br",
            "ul",
            "li",
            "span",
        )
    }
    assert not HIDING.search(picture + page)


@FEW
@given(HISTORIES)
def test_no_report_holds_a_command_or_moves_the_cursor(found: History) -> None:
    for kind in ("text", "csv", "svg", "html"):
        text = click.unstyle(rendered(kind, found)).replace("\r\n", "\n")
        assert not HIDING.search(text), kind
        assert not COMMAND.search(text), kind
    assert json.loads(rendered("json", found))["points"][0]["commit"] == found.points[0].commit


@FEW
@given(HISTORIES)
def test_a_table_has_a_row_a_point_whatever_stands_in_it(found: History) -> None:
    rows = list(csv.reader(io.StringIO(rendered("csv", found), newline="")))
    assert len(rows) == len(found.points) + 1
    assert {len(row) for row in rows} == {10 + len(NAMES)}
    assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]
