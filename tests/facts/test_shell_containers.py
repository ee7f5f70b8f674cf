"""Programs that are run in a container, and what only looks like one."""

from __future__ import annotations

import pytest

from mlops_scan.facts.shell import commands
from mlops_scan.facts.shell_containers import awaited


@pytest.mark.parametrize(
    ("line", "inside"),
    [
        ("docker compose exec -T api pytest tests", "pytest tests"),
        ("docker-compose -f test.yml run --rm -e A=1 web python manage.py test", "python manage.py test"),
        ("docker compose run --rm api sh -c 'cd /app && pytest'", "pytest"),
        ("docker exec -it api pytest", "pytest"),
        ("docker run --rm -v $PWD:/app churn python3 -m pytest", "python -m pytest"),
        ("docker run --entrypoint pytest churn -q", "pytest -q"),
        ('docker run --entrypoint="" churn pytest tests', "pytest tests"),
        ("podman run churn make test", "make test"),
    ],
)
def test_what_runs_in_a_container_is_stated(line: str, inside: str) -> None:
    assert [command.run for command in commands(line, 1)][1:] == [inside]


@pytest.mark.parametrize(
    "line",
    [
        "docker run -d -p 80:80 churn",
        "docker run churn train",  # for the image's entry point, whatever that is
        "docker run postgres -c shared_buffers=1GB",
        "docker compose up -d api",
        "docker compose run api",
        "docker build -t run .",
        "docker compose",
        "docker",
    ],
)
def test_what_names_no_program_states_none(line: str) -> None:
    assert [command.run for command in commands(line, 1)] == [line]


def test_what_is_forgiven_outside_is_inside() -> None:
    found = list(commands("docker compose exec api pytest || true", 1))
    assert [command.tolerated for command in found if command.run == "pytest"] == [True]


@pytest.mark.parametrize(
    ("line", "waits"),
    [
        ("docker run churn", True),
        ("docker run -it churn train.py -d data", True),  # an option of the program
        ("docker compose -f a.yml run --rm train", True),
        ("docker run -itd churn", False),
        ("docker run --detach=true churn", False),
        ("docker build churn", False),
        ("docker", False),
        ("", False),
    ],
)
def test_what_runs_in_the_background_is_not_waited_for(line: str, waits: bool) -> None:
    assert awaited(line.split()) is waits
