from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.chains import Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

CI = ".github/workflows/deploy.yml"
JOBS = (
    "on: push\njobs:\n  render: {runs-on: a, steps: [{run: python render.py}]}\n  deploy:\n    runs-on: a\n    steps:\n"
)
APPLY = "kubectl apply -f k8s/churn.yaml"
MANIFEST = "apiVersion: v1\nkind: Service\nmetadata: {name: churn}\n"


def is_broken(graph: Callable[[dict[str, str]], Graph], files: dict[str, str], *runs: str) -> bool:
    """Tell whether the job that deploys fails."""
    text = JOBS + "".join(f"      - run: |\n          {run}\n" for run in runs)
    return Node(CI, "deploy") in graph({CI: text, "render.py": "print(1)\n", **files}).broken


@pytest.mark.parametrize("run", [APPLY, "kubectl apply -f ./k8s/", "kubectl apply -k k8s/overlays/prod"])
def test_manifests_that_are_nowhere_end_the_job(graph: Callable[[dict[str, str]], Graph], run: str) -> None:
    assert is_broken(graph, {}, "docker build -t churn . || true", run)


@pytest.mark.parametrize(
    ("files", "runs"),
    [
        ({"k8s/churn.yaml": MANIFEST}, [APPLY]),
        ({"services/k8s/churn.yaml": MANIFEST}, [APPLY]),
        ({"k8s/base/churn.yaml": MANIFEST}, ["kubectl apply -R -f k8s/"]),
        ({}, ["envsubst < churn.tmpl > k8s/churn.yaml", APPLY]),
        ({}, ["cat <<EOF > k8s/churn.yaml", APPLY]),
        ({}, ["mkdir k8s", "kubectl apply -f k8s/"]),
        ({}, ["yq -i .a=1 --output=k8s/churn.yaml", APPLY]),
        ({}, ["python render.py", APPLY]),
        ({}, ["git clone https://example.com/manifests", APPLY]),
        ({}, ["kubectl apply -f -"]),
        ({}, ["kubectl apply -f $MANIFEST"]),
        ({}, ["kubectl apply -k github.com/kubeflow/pipelines/manifests?ref=2.0"]),
        ({}, ["kubectl apply -f https://example.com/churn.yaml"]),
        ({}, ["kubectl apply -f /tmp/churn.yaml"]),
        ({}, [f"{APPLY} || true"]),
    ],
)
def test_manifests_that_may_be_there_end_nothing(
    graph: Callable[[dict[str, str]], Graph], files: dict[str, str], runs: list[str]
) -> None:
    assert not is_broken(graph, files, *runs)


def test_an_artefact_of_another_job_may_bring_them(graph: Callable[[dict[str, str]], Graph]) -> None:
    text = f"{JOBS}      - uses: actions/download-artifact@v4\n      - run: {APPLY}\n"
    assert Node(CI, "deploy") not in graph({CI: text, "render.py": "print(1)\n"}).broken
