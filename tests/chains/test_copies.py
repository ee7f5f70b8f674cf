"""Where the files of images come from."""

from __future__ import annotations

import pytest

from mlops_scan import facts
from mlops_scan.chains.copies import copies
from mlops_scan.evidence import FileFacts

NAMES = frozenset({"src/main.py", "src/jobs/train.py", "app.py", "docker/app.py", "other/main.py"})


def found(dockerfile: str, written: str, path: str = "docker/Dockerfile") -> str | None:
    read = facts.read("docker/Dockerfile", f"FROM python\n{dockerfile}\n".encode())
    return copies((FileFacts("docker/Dockerfile", "product", read.facts),), NAMES).find(written, path)


@pytest.mark.parametrize(
    ("dockerfile", "written", "file"),
    [
        ("COPY src/ /app/", "/app/main.py", "src/main.py"),
        ("WORKDIR /app\nCOPY src .", "main.py", "src/main.py"),
        ("WORKDIR /app\nCOPY src .", "./jobs/train.py", "src/jobs/train.py"),
        ("WORKDIR /app\nWORKDIR code\nCOPY src /app/code", "main.py", "src/main.py"),
        ("ENV HOME=/app\nWORKDIR $HOME\nCOPY --chown=me src .", "main.py", "src/main.py"),
        ("ENV HOME /app\nWORKDIR ${HOME}\nADD src .", "main.py", "src/main.py"),
        ('COPY ["src", "/app"]', "/app/main.py", "src/main.py"),
        ("COPY src/main.py /app/run.py", "/app/run.py", "src/main.py"),
        ("COPY src/main.py src/jobs/ /app/", "/app/main.py", "src/main.py"),
        ("COPY src/*.py /app/", "/app/main.py", "src/main.py"),
        ("COPY . /", "/src/main.py", "src/main.py"),
        ("COPY . /app", "/app/app.py", "docker/app.py"),  # the context is rather the folder of the Dockerfile
        ("COPY --from=builder src /app", "/app/main.py", None),
        ("COPY src /app", "/other/main.py", None),
        ("COPY src /app", "/app/gone.py", None),
    ],
)
def test_a_path_in_an_image_is_where_a_file_was_copied(dockerfile: str, written: str, file: str | None) -> None:
    assert found(dockerfile, written) == file


def test_what_runs_some_image_tells_absolute_paths_of_one_file_only() -> None:
    assert found("COPY src /app", "/app/main.py", "k8s/job.yaml") == "src/main.py"
    assert found("COPY src /app", "app/main.py", "k8s/job.yaml") is None
    assert found("COPY src /app\nCOPY other /app", "/app/main.py", "k8s/job.yaml") is None


SERVICES = """\
services:
  api:
    image: python
    volumes: [./src:/app:ro, "cache:/jobs"]
  jobs:
    image: python
    volumes:
      - {type: bind, source: "${PWD}/other", target: /app}
      - ${FOLDER:-./src}/jobs:/jobs
      - /srv/src:/srv
"""


@pytest.mark.parametrize(
    ("service", "written", "file"),
    [
        ("api", "/app/main.py", "src/main.py"),
        ("api", "main.py", "src/main.py"),
        ("api", "app/jobs/train.py", "src/jobs/train.py"),
        ("api", "/jobs/train.py", None),
        ("jobs", "main.py", "other/main.py"),
        ("jobs", "train.py", "src/jobs/train.py"),
        ("jobs", "app/main.py", "other/main.py"),
        ("jobs", "/srv/main.py", None),
        ("web", "main.py", None),
    ],
)
def test_a_service_sees_what_it_mounts(service: str, written: str, file: str | None) -> None:
    read = facts.read("docker-compose.yml", SERVICES.encode())
    held = copies((FileFacts("docker-compose.yml", "product", read.facts),), NAMES)
    assert held.find(written, held.image("docker-compose.yml", service)) == file
