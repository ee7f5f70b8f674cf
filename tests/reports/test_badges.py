from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_scan import model
from mlops_scan.assessment import Assessment, Origin
from mlops_scan.reports.badge import face
from mlops_scan.reports.badges import shields, svg

SVG = "{http://www.w3.org/2000/svg}"
# of npm's badge-maker 6.0.0, which draws the badges of shields.io, for the label MLOps
WIDTHS = [
    (0, 0, "level 0: no automation", 182),
    (1, 1, "level 1: DevOps, no MLOps", 208),
    (2, 2, "level 2: automated training", 208),
    (3, 3, "level 3: automated deployment", 230),
    (4, 4, "level 4: full automation", 186),
    (None, None, "n/a", 76),
    (3, 2, "level 3: automated deployment (attested)", 290),
]


def assessed(level: int | None, detected: int | None) -> Assessment:
    name = "not applicable" if level is None else model.load().level[level].name
    source = Origin("churn", None, "worktree")
    return Assessment(
        source, "ml-system", level, name, complete=True, capabilities=(), gaps=(), detected_level=detected
    )


@pytest.mark.parametrize(("level", "detected", "message", "width"), WIDTHS)
def test_a_badge_says_its_level_and_is_as_wide_as_that_of_shields(
    level: int | None, detected: int | None, message: str, width: int
) -> None:
    picture = ET.fromstring(svg.render(assessed(level, detected)))  # noqa: S314 - made here
    assert abs(int(picture.attrib["width"]) - width) <= 10
    assert picture.attrib["role"] == "img"
    assert picture.attrib["aria-label"] == picture.findtext(f"{SVG}title") == f"MLOps: {message}"
    assert [text.text for text in picture.iter(f"{SVG}text")] == ["MLOps", message]


@pytest.mark.parametrize(("level", "detected", "message", "_width"), WIDTHS)
def test_its_texts_stay_within_their_halves(level: int | None, detected: int | None, message: str, _width: int) -> None:
    picture = ET.fromstring(svg.render(assessed(level, detected)))  # noqa: S314 - made here
    left, right = picture.findall(f"{SVG}g/{SVG}rect")
    assert message
    assert float(left.attrib["width"]) + float(right.attrib["width"]) == float(picture.attrib["width"])
    edges = [0.0, float(left.attrib["width"]), float(picture.attrib["width"])]
    for text, start, end in zip(picture.iter(f"{SVG}text"), edges, edges[1:], strict=False):
        half = float(text.attrib["textLength"]) / 2
        assert start < float(text.attrib["x"]) - half
        assert float(text.attrib["x"]) + half < end


@given(st.sampled_from(WIDTHS), st.sampled_from(WIDTHS))
def test_the_same_assessment_gives_the_same_bytes(
    one: tuple[int | None, int | None, str, int], other: tuple[int | None, int | None, str, int]
) -> None:
    first = svg.render(assessed(one[0], one[1]))
    svg.render(assessed(other[0], other[1]))
    assert svg.render(assessed(one[0], one[1])) == first


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_formula_of_contrast_is_that_of_the_standard() -> None:
    assert 1.05 / (luminance("#000000") + 0.05) == pytest.approx(21)
    assert 1.05 / (luminance("#777777") + 0.05) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("level", [None, 0, 1, 2, 3, 4])
def test_white_text_can_be_read_on_every_colour(level: int | None) -> None:
    assert 1.05 / (luminance(face(assessed(level, level)).colour) + 0.05) >= 4.5
    assert 1.05 / (luminance("#444444") + 0.05) >= 4.5
    assert "#444" in svg.render(assessed(level, level))


def test_every_level_has_a_colour_of_its_own() -> None:
    assert len({face(assessed(level, level)).colour for level in (None, 0, 1, 2, 3, 4)}) == 6


@pytest.mark.parametrize(("level", "detected", "message", "_width"), WIDTHS)
def test_the_endpoint_holds_only_what_shields_knows(
    level: int | None, detected: int | None, message: str, _width: int
) -> None:
    content = json.loads(shields.render(assessed(level, detected)))
    colour = face(assessed(level, detected)).colour.lstrip("#")
    assert content == {"schemaVersion": 1, "label": "MLOps", "message": message, "color": colour}
