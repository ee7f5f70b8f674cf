from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.assessment import Answer

JOB = """\
on:
  push:
    branches: [{branch}]
jobs:
  {job}:
    environment: {environment}
    steps:
      - run: {run}
"""
SHIP = "kubectl rollout restart deployment/churn"
BOTH = "--now=production --next=staging"
MODEL = {"train.py": "from sklearn.linear_model import Ridge\n\nRidge().fit(X, y)\n"}


def workflow(branch: str = "main", job: str = "ship", environment: str = "x", run: str = SHIP) -> str:
    return JOB.format(branch=branch, job=job, environment=environment, run=run)


@pytest.mark.parametrize(
    ("first", "second", "present"),
    [
        (workflow("staging"), workflow("main"), True),
        (workflow(job="ship-staging"), workflow(job="ship-production"), True),
        (workflow(environment="qa"), workflow(environment="production"), True),
        (workflow(job="deployStaging"), workflow(job="deployProd"), True),
        (workflow(job="staging-stage"), workflow(job="prod-stage"), True),
        (workflow(job="first-stage"), workflow(job="last-stage"), False),
        (workflow(run=f"{SHIP} -n staging"), workflow(run=f"{SHIP} -n prod"), True),
        (workflow(job="to-staging", run=f"{SHIP} {BOTH}"), workflow(job="to-production", run=f"{SHIP} {BOTH}"), True),
        (workflow(job="to-staging", run=f"{SHIP} {BOTH}"), workflow(job="to-qa", run=f"{SHIP} {BOTH}"), False),
        (workflow("staging"), workflow("develop"), False),
        (workflow("main, develop"), workflow("main"), False),
        (workflow("main, develop", job="ship-staging"), workflow("main"), True),
        (workflow("main"), workflow("main"), False),
        (workflow("staging", run="echo ship"), workflow("main", run="echo ship"), False),
    ],
)
def test_deployments_to_two_stages_are_a_promotion(
    first: str,
    second: str,
    present: bool,
    answer: Callable[[str, dict[str, str]], Answer],
) -> None:
    files = {".github/workflows/a.yml": first, ".github/workflows/b.yml": second, **MODEL}
    found = answer("environment-promotion", files)
    assert (found.status == "present") is present
    assert len({proven.path for proven in found.evidence if proven.strength == "strong"}) == (2 if present else 0)


ACTION = """\
runs:
  using: composite
  steps:
    - run: kubectl rollout restart deployment/churn
      shell: bash
"""
SHARED = """\
on: push
jobs:
  {first}:
    steps: [{{uses: ./.github/actions/ship}}]
  {second}:
    environment: {{name: production}}
    steps: [{{uses: ./.github/actions/ship}}]
"""


@pytest.mark.parametrize(("first", "present"), [("staging", True), ("build", False)])
def test_jobs_that_share_a_deployment_are_stages_by_their_own_names(
    first: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    workflow = SHARED.format(first=first, second="ship")
    files = {".github/workflows/a.yml": workflow, ".github/actions/ship/action.yml": ACTION, **MODEL}
    found = answer("environment-promotion", files)
    assert (found.status == "present") is present
    chains = {(proven.chain[0].path, proven.chain[0].what) for proven in found.evidence if proven.chain}
    assert chains == ({(".github/workflows/a.yml", f"job {name}") for name in (first, "ship")} if present else set())


CHOOSING = """\
on:
  push:
    branches: [{branches}]
jobs:
  ship:
    {setting}
    steps:
      - run: kubectl rollout restart deployment/churn -n $PLACE
"""
BY_BRANCH = "${{ github.ref == 'refs/heads/main' && 'production' || 'staging' }}"
NAMED = "${{ github.ref_name }}"
LISTED = """>-
          ${{ fromJson(github.ref_name == 'main' && (inputs.at || '["prod-a", "prod-b"]') || '["dev"]') }}"""


@pytest.mark.parametrize(
    ("branches", "setting", "present"),
    [
        ("main, dev", f"environment: {BY_BRANCH}", True),
        ("main, dev", f'environment: {{name: "{BY_BRANCH}"}}', True),
        ("main, staging", f"environment: {NAMED}", True),
        ("main, dev", f'env: {{PLACE: "churn-{BY_BRANCH}"}}', True),
        ("main, dev", f"strategy:\n      matrix:\n        stage: {LISTED}", True),
        ("main", f"environment: {BY_BRANCH}", False),
        ("main, dev", "environment: production", False),
        ("main, dev", f'env: {{IMAGE: "churn:{NAMED}"}}', False),
        ("main, dev", "if: github.ref == 'refs/heads/main' && 'production' || 'staging'", False),
    ],
)
def test_a_deployment_goes_where_the_branch_says(
    branches: str, setting: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    files = {".github/workflows/a.yml": CHOOSING.format(branches=branches, setting=setting), **MODEL}
    assert (answer("environment-promotion", files).status == "present") is present


CALLED = "on: workflow_call\njobs:\n  ship:\n    steps: [{run: kubectl rollout restart deployment/churn}]\n"
CALLING = """\
on: push
jobs:
  first:
    uses: ./.github/workflows/ship.yml
    with: {{{key}: {first}}}
  then:
    needs: first
    uses: ./.github/workflows/ship.yml
    with: {{{key}: {then}}}
"""


@pytest.mark.parametrize(
    ("key", "first", "then", "present"),
    [
        ("environment", "dev", "prod", True),
        ("stage", "uat", "live", True),
        ("environment", "prod", "prod", False),
        ("image", "churn-dev", "churn-prod", False),
    ],
)
def test_a_workflow_that_is_called_for_one_stage_after_the_other_deploys_to_both(
    key: str, first: str, then: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    calling = CALLING.format(key=key, first=first, then=then)
    files = {".github/workflows/a.yml": calling, ".github/workflows/ship.yml": CALLED, **MODEL}
    assert (answer("environment-promotion", files).status == "present") is present


WRITING = """\
on: push
jobs:
  choose:
    outputs:
      stage: ${{{{ steps.choose.outputs.stage }}}}
    steps:
      - id: choose
        run: |
          if [[ {asked} == main ]]; then
            echo "stage={one}" >> $GITHUB_OUTPUT
          else
            echo "stage={other}" >> "$GITHUB_OUTPUT"
          fi
  ship:
    needs: choose
    environment: ${{{{ needs.choose.outputs.{taken} }}}}
    steps:
      - run: kubectl rollout restart deployment/churn
"""


@pytest.mark.parametrize(
    ("asked", "one", "other", "taken", "present"),
    [
        ("${{ github.ref_name }}", "production", "dev", "stage", True),
        ("${GITHUB_REF##*/}", "prod", "staging", "stage", True),
        ("${{ inputs.branch }}", "production", "dev", "stage", False),  # a person says which
        ("${{ github.ref_name }}", "production", "dev", "version", False),
        ("${{ github.ref_name }}", "blue", "green", "stage", False),
    ],
)
def test_a_script_may_choose_the_stage_by_the_branch(
    asked: str, one: str, other: str, taken: str, present: bool, answer: Callable[[str, dict[str, str]], Answer]
) -> None:
    text = WRITING.format(asked=asked, one=one, other=other, taken=taken)
    found = answer("environment-promotion", {".github/workflows/a.yml": text, **MODEL})
    assert (found.status == "present") is present
