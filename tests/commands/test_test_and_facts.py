from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mlops_scan import cli

TOOL = '''
id = "acme"
name = "Acme"
homepage = "https://acme.example"
[[detector]]
id = "train"
act = "trains"
summary = "Trains with Acme."
[[detector.signature]]
fact = "call"
name = ["acme.train", "acme.fit"]
[[detector.finds]]
path = "train.py"
text = """
import acme
acme.train()
acme.fit()
"""
[[detector.ignores]]
path = "train.py"
text = "import acme"
why = "an import trains nothing"
'''


def write(folder: Path, *changes: tuple[str, str], name: str = "acme.toml") -> Path:
    text = TOOL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def ended(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["mlops-scan", *map(str, arguments)])
    return cli.status()


def test_a_catalogue_whose_examples_hold_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(tmp_path)
    for place in (tmp_path, file):
        assert ended(monkeypatch, "test", place) == 0
        assert capsys.readouterr().out == "1 tool, 1 detector: all 4 examples and alternatives hold\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("acme.train()\n", "\n", "acme.train reaches-1-name-acme.train: is reached by no `finds` example"),
        ("import acme\nacme.train()\nacme.fit()\n", "x = 1\n", "acme.train finds-1: train.py is not recognised"),
        ("import acme\nacme.train()\nacme.fit()\n", "acme.train(\n", "train.py cannot be read: line "),
        ('path = "train.py"', 'path = "train.xyz"', "no reader knows a file of this name"),
        ('path = "train.py"', 'path = "tests/train.py"', "has the role test, and only product is asked"),
        ('"import acme"', '"import acme; acme.fit()"', "acme.train ignores-1: train.py is recognised, although an im"),
        ('act = "trains"', 'proves = ["model-registri"]', "proves 'model-registri', which is no capability"),
        ('act = "trains"', 'act = "trains"\nalongside = ["acme.gone"]', "alongside 'acme.gone', which is no detector"),
    ],
)
def test_what_does_not_hold_is_told_with_what_to_do(
    old: str, new: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, (old, new))
    assert ended(monkeypatch, "test", tmp_path) == 1
    *failed, summary = capsys.readouterr().out.splitlines()
    assert any(said in line for line in failed)
    assert all(line.startswith("acme.train ") for line in failed)
    assert summary.startswith(f"1 tool, 1 detector: {len(failed)} of ")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "acme"', 'id = "acme', "acme.toml: Illegal character"),
        ('fact = "call"', 'fact = "cal"', "acme.toml: Invalid value 'cal' - at `$.detector[0].signature[0].fact`"),
        ('act = "trains"', "", "acme.toml: detector 'train' needs one of proves, act, trigger"),
    ],
)
def test_every_tool_file_that_cannot_be_used_is_a_line_and_status_2(
    old: str, new: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, (old, new))
    write(tmp_path, name="misnamed.toml")
    assert ended(monkeypatch, "test", tmp_path) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert said in first
    assert "name the file acme.toml" in second


@pytest.mark.parametrize("place", ["", "none"])
def test_a_place_without_tool_files_is_a_line_and_status_2(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, "test", tmp_path / place) == 2
    told = capsys.readouterr().err
    assert told.startswith("mlops-scan: no tool files (*.toml) in ")
    assert ("which does not exist" in told) == bool(place)
    assert told.count("\n") == 1


def test_without_a_place_the_catalogues_of_the_settings_are_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".mlops-scan.toml").write_text("", encoding="utf-8")
    assert ended(monkeypatch, "test") == 2
    assert "name `catalogues` in the settings" in capsys.readouterr().err
    (tmp_path / "tools").mkdir()
    write(tmp_path / "tools")
    (tmp_path / ".mlops-scan.toml").write_text('catalogues = ["tools"]', encoding="utf-8")
    assert ended(monkeypatch, "test") == 0


def test_what_a_tool_file_says_cannot_move_the_cursor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, ('"an import trains nothing"', '"\\u001b[2J\\n"'), ('"import acme"', '"import acme; acme.fit()"'))
    assert ended(monkeypatch, "test", tmp_path) == 1
    write(tmp_path, ('fact = "call"', '"\\u001b[2J\\n" = 1'))
    assert ended(monkeypatch, "test", tmp_path) == 2
    done = capsys.readouterr()
    assert all(line.isprintable() for line in (done.out + done.err).split("\n"))


def test_examples_are_tried_where_there_is_no_pytest() -> None:
    program = "import sys; sys.modules['pytest'] = None; import mlops_scan.cli as c; raise SystemExit(c.status())"
    words = [sys.executable, "-c", program, "test", "detectors/kserve.toml"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=Path(__file__).parent.parent.parent)
    assert done.returncode == 0, done.stderr


def test_facts_of_a_file_are_shown_as_signatures_ask_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = "from acme import Job as J\nclass Mine(J): ...\nif auc < 0.5:\n    raise E\nJ(3, n='x').go('\x1b[2J')\n"
    file = tmp_path / "train.py"
    file.write_text(code, encoding="utf-8")
    assert ended(monkeypatch, "facts", file) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == '    0  file       path = "train.py"  (role product)'
    assert '    2  definition name = "Mine"  kind = "class"  base = "acme.Job"' in shown
    assert '    3  condition  operand = "auc"  stops = "run"  bare = false  block = false' in shown
    assert '    5  call       name = "acme.Job"  with.0 = "3"  with.n = "x"' in shown
    assert all(line.isprintable() for line in shown)


def test_facts_of_a_resource_have_a_line_each_setting_and_unread_files_say_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "churn.yaml").write_text("apiVersion: v1\nkind: Job\nmetadata:\n  name: churn\n", encoding="utf-8")
    assert ended(monkeypatch, "facts", tmp_path / "churn.yaml") == 0
    assert '    4  resource   kind = "Job"  key = "metadata.name"  value = "churn"' in capsys.readouterr().out
    (tmp_path / "broken.py").write_text("def (", encoding="utf-8")
    assert ended(monkeypatch, "facts", tmp_path / "broken.py") == 0
    assert "unread" in capsys.readouterr().out
    (tmp_path / "model.xyz").write_text("", encoding="utf-8")
    assert ended(monkeypatch, "facts", tmp_path / "model.xyz") == 0
    assert "no reader knows a file of this name" in capsys.readouterr().out
