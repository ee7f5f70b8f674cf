from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from mlops_scan import cli, ladder, model, model_errors, model_file, scan, standing
from mlops_scan.reports.assessments import json as json_report
from mlops_scan.reports.assessments import junit, markdown, sarif, text
from mlops_scan.reports.badges import shields

ROOT = Path(__file__).parent.parent
FIXTURE = str(ROOT / "fixtures/level-4-scheduled/repo")
ALL = [capability.id for capability in model.questions().capability]
OWN = """
name = "Our ladder"
source = "https://wiki.example.com/ladder"

[[level]]
number = 0
name = "Start"
colour = "#a1260d"

[[level]]
number = 1
name = "Watched"
colour = "#0a5c9e"
required = [["model-monitoring"], ["unit-tests", "integration-tests"]]
"""


def models() -> list[model.Model]:
    return [model.load(name) for name in model.names()]


def contrast(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


@pytest.mark.parametrize("name", model.names())
def test_a_model_that_ships_has_no_errors_and_can_be_read_on_a_badge(name: str) -> None:
    content, told = model_file.examined(model.FOLDER / f"{name}.toml")
    assert told == []
    assert content["source"].startswith("https://")
    assert all(contrast(level.colour) >= 6 for level in model.load(name).level)


def test_the_default_model_asks_every_capability_and_another_need_not() -> None:
    assert [capability.id for capability in model.load().capability] == ALL
    assert [level.number for level in model.load("google").level] == [0, 1, 2]
    sections = model.load("ml-test-score").ladder.section
    assert [len(section.item) for section in sections] == [7, 7, 7, 7]
    assert [len(section.shown()) for section in sections] == [1, 0, 6, 4]


@given(st.sets(st.sampled_from(ALL)), st.sets(st.sampled_from(ALL)))
def test_more_capabilities_never_lower_a_level_of_any_model(some: set[str], more: set[str]) -> None:
    for one in models():
        lower, higher = (standing.level_of(one, frozenset(have)) for have in (some, some | more))
        assert 0 <= lower[0] <= higher[0] <= one.ladder.top


@given(st.sets(st.sampled_from(ALL)))
def test_closing_every_gap_up_to_a_level_reaches_it_or_what_can_be_shown(some: set[str]) -> None:
    for one in models():
        most = standing.level_of(one, frozenset(ALL))[0]
        for aim in range(1, one.ladder.top + 1):
            closed = {gap.capabilities[0] for gap in standing.gaps(one, aim, frozenset(some))}
            assert standing.level_of(one, frozenset(some | closed))[0] >= min(aim, most)


def test_the_lowest_section_decides_and_one_that_shows_nothing_does_not() -> None:
    scored = model.load("ml-test-score")
    infrastructure = {"unit-tests", "integration-tests", "model-validation", "progressive-delivery"}
    assert standing.level_of(scored, frozenset(infrastructure)) == (0, False)
    assert standing.level_of(scored, frozenset({*infrastructure, "model-monitoring"})) == (1, False)
    assert [gap.capabilities for gap in standing.gaps(scored, 1, frozenset(infrastructure))] == [
        ("model-monitoring", "automated-retraining"),
    ]


def test_every_report_names_a_model_that_is_not_the_default() -> None:
    google = scan.assess(FIXTURE, scan.Options(model=model.load("google")))
    default = scan.assess(FIXTURE)
    assert (google.level, google.level_name, google.model.id) == (2, "CI/CD pipeline automation", "google")
    assert json.loads(json_report.render(google))["model"]["id"] == "google"
    assert json.loads(json_report.render(default))["model"]["id"] == "microsoft"
    for render in (text.render, markdown.render, junit.render, shields.render):
        assert "Google MLOps levels" in render(google)
        assert "MLOps maturity model" not in render(default)
    assert json.loads(sarif.render(google))["runs"][0]["automationDetails"]["id"] == "mlops-scan/google/"
    assert "Experimental-operational symmetry" in text.render(google)
    assert "Experimental-operational symmetry" in markdown.render(google)


def test_what_a_repository_cannot_show_is_neither_present_nor_a_gap() -> None:
    for one in models():
        found = scan.assess(FIXTURE, scan.Options(model=one))
        hidden = {item for item, _ in one.ladder.hidden()}
        assert hidden.isdisjoint(answer.id for answer in found.capabilities)
        assert hidden.isdisjoint(name for gap in found.gaps for name in gap.capabilities)


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.app, [*words], standalone_mode=False)
    return result.exit_code, result.output + (str(result.exception) if result.exception else "")


def test_a_team_uses_a_model_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "ladder.toml"
    file.write_text(OWN, encoding="utf-8")
    status, told = run("model", "check", str(file))
    assert (status, "Our ladder, levels 0 to 1" in told) == (0, True)
    status, told = run("scan", FIXTURE, "--model", str(file), "--no-cache", "--format", "json")
    report = json.loads(told)
    assert (report["level"], report["level_name"], report["model"]["name"]) == (1, "Watched", "Our ladder")
    assert [one["id"] for one in report["capabilities"]] == ["unit-tests", "integration-tests", "model-monitoring"]
    status, told = run("scan", FIXTURE, "--model", str(file), "--fail-under", "2")
    assert "the highest level of this model is 1" in told


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('"model-monitoring"', '"model-monitorin"', 10, "did you mean 'model-monitoring'?"),
        ("number = 1", "number = 2", 10, "number levels 0, 1, 2 in order"),
        ('[["model-monitoring"], ["unit-tests", "integration-tests"]]', "[]", 10, "level 1 requires nothing"),
        ('["model-monitoring"]', "[]", 10, "an item of `required` is empty"),
        ('["unit-tests", "integration-tests"]', '["model-monitoring"]', 10, "stands in the model twice"),
        ('name = "Watched"', 'naem = "Watched"', 10, "unknown key 'naem' in [[level]]: did you mean 'name'?"),
        ('name = "Watched"', "", 10, "[[level]] has no 'name': add it"),
        ('"#0a5c9e"', '"blue"', 10, "a colour is written as"),
        ('"Watched"', '"[x](//e)"', 10, "a name is of letters"),
        ('name = "Our ladder"', "share = [3, 2]\nname = 'Our'", 1, "is more than all"),
        ('name = "Our ladder"', "colour = 1\nname = 'Our'", 1, "unknown key 'colour' in the model"),
        (
            "[[level]]\nnumber = 1",
            "[[unseen]]\nlevel = 7\nitem = 'x'\nwhy = 'y'\n[[level]]\nnumber = 1",
            10,
            "no level 7",
        ),
        ("number = 0", "number = 0\nrequired = [['unit-tests']]", 5, "the first level asks nothing"),
    ],
)
def test_an_error_is_told_with_its_place_and_what_to_do(
    tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    file = tmp_path / "ladder.toml"
    assert old in OWN
    file.write_text(OWN.replace(old, new), encoding="utf-8")
    _, errors = model_file.examined(file)
    assert any(error.startswith(f"{file}:{line}: ") and told in error for error in errors), errors
    with pytest.raises(model_file.ModelError, match=re.escape(str(file))):
        model_file.find(str(file))


def test_every_error_of_a_file_is_told_and_the_status_is_2(tmp_path: Path) -> None:
    file = tmp_path / "ladder.toml"
    wrong = OWN.replace('"#0a5c9e"', '"blue"').replace('"Start"', "7").replace("source", "soruce")
    file.write_text(wrong, encoding="utf-8")
    status, told = run("model", "check", str(file))
    assert (status, told.count("ladder.toml:")) == (2, 4)


@pytest.mark.parametrize("content", ["[[level]\n", "level = 3\n", "level = [1]\n", "\udcff", "a" * 2_000_000])
def test_a_file_that_is_no_model_gives_an_error_and_no_crash(tmp_path: Path, content: str) -> None:
    file = tmp_path / "ladder.toml"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert model_file.examined(file)[1]


JSON = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.sampled_from(["", "a", "#0a5c9e", "unit-tests"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["name", "all", "level"]), inner)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["name", "source", "level", "share", "unseen", "section", "id", "x"]), JSON))
def test_any_content_is_told_what_is_wrong_with_it(content: dict[str, object]) -> None:
    told = model_errors.errors(content)
    assert told
    assert all(wrong.told for wrong in told)


def test_names_in_a_team_file_cannot_be_anything_but_names() -> None:
    for name in ("<b>", "a\nb", "::error::x", "##[error]", "www.example.com", "`x`", "\u202ex", "@ada"):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert({"number": 0, "name": name, "colour": "#000000"}, ladder.Level)
