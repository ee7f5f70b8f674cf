from __future__ import annotations

import pytest

from mlops_scan.facts.kinds import Command
from mlops_scan.facts.shell import commands


def runs(text: str) -> list[str]:
    return [command.run for command in commands(text, 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pip install x && pytest -q", ["pip install x", "pytest -q"]),
        ("a; b | c || d", ["a", "b", "c", "d"]),
        ("python3 train.py", ["python train.py"]),
        (".venv/bin/python -u -m churn.train", ["python -m churn.train"]),
        ("poetry run python -m pytest", ["python -m pytest"]),
        ("uv run --with mlflow --frozen pytest tests", ["pytest tests"]),
        ("conda run -n env python train.py", ["python train.py"]),
        ("hatch run test", ["test"]),
        ("coverage run --source churn -m pytest", ["python -m pytest"]),
        ("sudo -u ml env A=1 nohup ./run.sh > log 2>&1 &", ["./run.sh"]),
        ("timeout 30 curl x", ["curl x"]),
        ("A=1 B=2 make train", ["make train"]),
        ("S=train.py\npython $S", ["python train.py"]),
        ("export S=train.py; python ${S}", ["python train.py"]),
        ('echo "python evil.py && rm"', ["echo python evil.py && rm"]),
        ("# pytest", []),
        ("ls # pytest", ["ls"]),
        ("if [ -f x ]; then\n  make a\nelse\n  make b\nfi", ["[ -f x ]", "make a", "make b"]),
        ('bash -lc "make a; make b"', ["make a", "make b"]),
        ("docker build -t ${{ env.A }}:1 .", ["docker build -t ${{env.A}}:1 ."]),
        ("az deploy -n $(NAME) -g x", ["az deploy -n $(NAME) -g x"]),
        ("python - <<'PY'\nimport os\nPY\nmake x", ["python -", "make x"]),
        ("ssh host <<EOF\ndocker restart a\nEOF", ["ssh host", "docker restart a"]),
        ("cat <<EOF > f\npytest\nEOF", ["cat"]),
        ("docker run \\\n  -p 80:80 \\\n  image", ["docker run -p 80:80 image"]),
        ("echo 'unbalanced", ["echo 'unbalanced"]),
    ],
)
def test_programs_are_told_from_what_surrounds_them(text: str, expected: list[str]) -> None:
    assert runs(text) == expected


def test_each_command_has_its_own_line() -> None:
    assert [(c.line, c.run) for c in commands("a\n\nb \\\n  c\nd", 10)] == [(10, "a"), (12, "b c"), (14, "d")]


@pytest.mark.parametrize(
    ("text", "tolerated"),
    [
        ("pytest || true", True),
        ("pytest || echo no tests", True),
        ("pytest || exit 1", False),
        ("pytest", False),
        ("set +e\npytest", True),
    ],
)
def test_a_failure_that_is_forgiven_is_tolerated(text: str, tolerated: bool) -> None:
    found = [command for command in commands(text, 1) if command.run == "pytest"]
    assert [command.tolerated for command in found] == [tolerated]


@pytest.mark.parametrize(
    ("text", "directory"),
    [
        ("cd src && x", "src"),
        ("cd a\ncd ../b\nx", "b"),
        ("cd $HOME; x", ""),
        ("cd /tmp && x", ""),
        ("cd a/b && cd .. && x", "a"),
    ],
)
def test_directories_are_followed(text: str, directory: str) -> None:
    assert list(commands(text, 1))[-1] == Command(line=text.count("\n") + 1, run="x", directory=directory)
