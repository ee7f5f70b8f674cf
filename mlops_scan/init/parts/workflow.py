"""The workflow that runs the project's action, for repositories on GitHub; for GitLab a job to copy.

A job of GitLab belongs into a file that people wrote, whose stages and templates nobody else knows: it is shown.
Sources of the formats: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax,
https://docs.gitlab.com/ci/yaml/.
"""

from __future__ import annotations

import contextlib
import json
from itertools import chain
from typing import TYPE_CHECKING

from mlops_scan.facts import yaml_documents
from mlops_scan.facts.node import settings
from mlops_scan.init import disk, hosting, project
from mlops_scan.init.kinds import Change, Plan, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.init.kinds import Site

FOLDER = ".github/workflows"
FILE = f"{FOLDER}/mlops-scan.yml"
GITLAB = ".gitlab-ci.yml"
_PROGRAM = "mlops-scan"
_SCRIPTS = {"run", "script", "before_script"}

# The pin is of the release in its comment. Of our own action nobody can know the commit before the release is made.
_WORKFLOW = """\
# Made by `mlops-scan init`; yours to change.
name: mlops-scan

on:
  push:
    branches: BRANCHES
  pull_request:

permissions: {}

concurrency:
  group: ${{ github.workflow }}-${{ github.ref }}
  cancel-in-progress: true

jobs:
  level:
    name: MLOps maturity level
    runs-on: ubuntu-latest
    permissions:
      contents: read # to check out, and nothing else
    steps:
      - name: Check out
        uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          fetch-depth: 0 # a pull request is compared with its base, and people are counted in the history
          persist-credentials: false
      - name: Infer the level
        uses: ACTION # zizmor: ignore[unpinned-uses] the tag of a release; its commit is stricter
        with:
          fail-under: LEVEL # the level when this was made: raise it with the level
"""
_JOB = """\
mlops-scan:
  image: python:3
  variables:
    GIT_DEPTH: "0"  # people are counted in the history
  script:
    - pip install "git+SOURCE"
    - mlops-scan . --fail-under LEVEL
"""


def plan(site: Site) -> Plan:
    """Return the workflow to make; none where one runs the scan, or where the repository is not on GitHub.

    Raises `RefusedError` where a workflow of that name does something else.
    """
    if not (site.root / ".github").is_dir() and not hosting.hosted_on(site.place, "github"):
        return _elsewhere(site)
    running = next((path for path, data in _workflows(site) if _runs_scan(data)), None)
    if running:
        return Plan(f"{running}: nothing to do, it runs mlops-scan")
    if disk.existing(site, FILE) is not None:
        message = f"{FILE} does something else, and is left as it is: rename it, or name other parts with --only"
        raise RefusedError(message)
    what = f"{FILE}: a workflow that fails under level {_lowest(site)}"
    return Plan(what, Change(FILE, None, _workflow(site).encode()), ("next: commit and push it",))


def _elsewhere(site: Site) -> Plan:
    """Say why there is no workflow, and show the job where the repository is on GitLab."""
    ci = disk.existing(site, GITLAB)
    if ci is None and not hosting.hosted_on(site.place, "gitlab"):
        return Plan("no workflow: no folder .github and no remote on GitHub; make the folder if it goes there")
    if ci is not None and _runs_scan(ci):
        return Plan(f"{GITLAB}: nothing to do, it runs mlops-scan")
    source = f"{project.url()}@{project.TAG}"
    job = _JOB.replace("SOURCE", source).replace("LEVEL", str(_lowest(site)))
    return Plan(f"{GITLAB}: not touched; this job fails under level {_lowest(site)}:", None, tuple(job.splitlines()))


def _workflow(site: Site) -> str:
    action = f"{project.slug()}@{project.TAG}"
    branches = json.dumps(hosting.main_branches(site.place))
    return _WORKFLOW.replace("BRANCHES", branches).replace("ACTION", action).replace("LEVEL", str(_lowest(site)))


def _lowest(site: Site) -> int:
    """Return the level under which the job fails: the present one, so that it is kept."""
    return (site.assessment.level if site.assessment else None) or 0


def _workflows(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the workflows that can be read; a link among them is none of our business."""
    folder = site.root / FOLDER
    names = sorted(file.name for file in chain(folder.glob("*.yml"), folder.glob("*.yaml")))
    for path in (f"{FOLDER}/{name}" for name in names):
        with contextlib.suppress(RefusedError):
            data = disk.existing(site, path)
            if data is not None:
                yield path, data


def _runs_scan(data: bytes) -> bool:
    """Tell whether a step uses the action, or a script runs the program."""
    leaves = (leaf for node in yaml_documents.parse(data).nodes for leaf in settings(node))
    return any(
        leaf.value.startswith(f"{project.slug()}@") or (_SCRIPTS & set(leaf.key.split(".")) and _PROGRAM in leaf.value)
        for leaf in leaves
    )
