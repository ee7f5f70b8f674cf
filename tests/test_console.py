from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING

import click
import pytest

from mlops_scan import cli, console
from mlops_scan.config import Config, ConfigError
from mlops_scan.console import Where

if TYPE_CHECKING:
    from pathlib import Path

EXPIRED = '[[attest]]\ncapability = "unit-tests"\nreason = "r"\nexpires = 2020-01-01\n'
MANY_FILES = 200


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "train.py").write_text("from sklearn.svm import SVC\n\nSVC().fit(x, y)\n", encoding="utf-8")
    return tmp_path


def settings(root: Path, text: str) -> None:
    (root / ".mlops-scan.toml").write_text(text, encoding="utf-8")


def test_claims_of_today_count_and_expired_ones_are_told(root: Path) -> None:
    tomorrow = dt.datetime.now(tz=dt.timezone.utc).date() + dt.timedelta(days=1)
    settings(root, EXPIRED + f'[[attest]]\ncapability = "model-registry"\nreason = "r"\nexpires = {tomorrow}\n')
    said = console.options(Where(str(root))).claims
    assert [claim.capability for claim in said.attested] == ["model-registry"]
    assert [told.partition(":")[0] for told in said.dropped] == [
        "the attestation of unit-tests expired on 2020-01-01 and no longer counts"
    ]
    assert console.options(Where(str(root), attested=False)).claims.attested == ()


def test_a_capability_that_does_not_exist_is_refused_even_where_attestations_do_not_count(root: Path) -> None:
    settings(root, '[[attest]]\ncapability = "tests"\nreason = "r"\n')
    with pytest.raises(ConfigError, match="no capability is called 'tests'"):
        console.options(Where(str(root), attested=False))


def test_an_expired_attestation_is_told_in_the_report(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings(root, EXPIRED)
    monkeypatch.setattr(sys, "argv", ["mlops-scan", str(root)])
    assert cli.status() == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "the attestation of unit-tests expired on 2020-01-01 and no longer counts: renew or remove it" in told


def test_settings_of_a_file_win_over_the_nearest(root: Path, tmp_path: Path) -> None:
    settings(root, 'exclude = ["a"]\n')
    other = tmp_path / "other.toml"
    other.write_text('exclude = ["b"]\n', encoding="utf-8")
    assert console.settings(str(root), None).exclude == ("a",)
    assert console.settings(str(root), str(other)).exclude == ("b",)


def test_catalogues_of_the_settings_can_be_left_out(root: Path) -> None:
    settings(root, 'catalogues = ["no-such-folder"]\n')
    assert console.options(Where(str(root)), Config.without_catalogues).catalogue is not None


@pytest.mark.parametrize(
    ("option", "environment", "terminal", "styled"),
    [
        (None, {}, False, False),
        (None, {}, True, True),
        (None, {"NO_COLOR": "1"}, True, False),
        (None, {"FORCE_COLOR": "1"}, False, True),
        (None, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        (True, {"NO_COLOR": "1"}, False, True),
        (False, {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_style_follows_option_then_environment_then_terminal(
    option: bool | None,
    environment: dict[str, str],
    terminal: bool,
    styled: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    console.emit(click.style("red\n", fg="red"), None, color=option)
    assert ("\x1b[31m" in capsys.readouterr().out) == styled


def test_a_file_is_never_styled(tmp_path: Path) -> None:
    console.emit(click.style("red", fg="red"), str(tmp_path / "out"), color=True)
    assert (tmp_path / "out").read_text(encoding="utf-8") == "red"


def test_a_line_that_is_told_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    console.tell("a\x1b[31m\tb\n::error::c")
    assert capsys.readouterr().out == "a\\x1b[31m  b\\n::error::c\n"


def test_progress_shows_on_a_terminal_once_it_takes_long(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert console.options(Where(str(root))).progress is None
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    show = console.options(Where(str(root))).progress
    assert show is not None
    show(MANY_FILES // 2, MANY_FILES)
    assert capsys.readouterr().err == ""
    now[0] = 2.0
    show(MANY_FILES // 2, MANY_FILES)
    show(MANY_FILES, MANY_FILES)
    assert capsys.readouterr().err == "\rread 100 of 200 files\rread 200 of 200 files\n"
