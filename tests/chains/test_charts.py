from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan import scan

if TYPE_CHECKING:
    from pathlib import Path

CI = "on: {push: {branches: [main]}}\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n"
CHART = {"deploy/churn/Chart.yaml": "apiVersion: v2\nname: churn\nversion: 0.1.0\n"}
OWN_IMAGE = {"values.yaml": "api:\n  image:\n    repository: registry.acme.example/churn\n"}
SIZES = {"values.yaml": "server:\n  replicas: 2\n"}


def deploys(folder: Path, files: dict[str, str], *commands: str) -> bool:
    """Tell whether a push comes to a deployment by the commands."""
    workflow = CI + "".join(f"          {command}\n" for command in commands)
    for name, text in {".github/workflows/release.yml": workflow, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    graph = scan.examine(str(folder)).graph
    return any(
        reached.evidence.act == "deploys"
        for start in graph.starts
        for reached in graph.reach(start.nodes, (start.step,), start.event)
    )


@pytest.mark.parametrize(
    ("files", "command"),
    [
        (CHART, "helm upgrade --install churn ./deploy/churn -n churn"),
        (CHART, "helm upgrade --install churn deploy/churn"),
        (CHART, "cd deploy && helm install churn ./churn"),
        (CHART, "cd churn/.. && helm install churn ../deploy/churn"),
        ({}, "helm upgrade --install churn acme/service --set image.tag=$TAG"),
        (OWN_IMAGE, "helm upgrade --install churn acme/service -f values.yaml"),
        ({}, "helm upgrade --install churn oci://registry.acme.example/charts/churn --version $TAG"),
        ({}, "helm upgrade --install churn $CHART"),
        ({}, "helm upgrade --install churn ./charts/churn-0.1.0.tgz"),
        ({}, "helm upgrade --install churn churn"),
    ],
)
def test_charts_of_the_repository_and_those_that_run_an_image_of_ours_deploy(
    tmp_path: Path, files: dict[str, str], command: str
) -> None:
    assert deploys(tmp_path, files, command)


@pytest.mark.parametrize(
    ("files", "command"),
    [
        (CHART, "helm upgrade --install mlflow community-charts/mlflow --namespace mlflow --wait"),
        (CHART, "helm upgrade --install --namespace mlflow mlflow community-charts/mlflow"),
        (SIZES, "helm install vault hashicorp/vault -f values.yaml"),
        ({}, "helm install seldon-core seldon-core-operator --repo https://storage.googleapis.com/seldon-charts"),
        ({}, "helm install airflow https://charts.acme.example/airflow-1.2.tgz"),
    ],
)
def test_charts_of_others_deploy_nothing(tmp_path: Path, files: dict[str, str], command: str) -> None:
    assert not deploys(tmp_path, files, command)


def test_a_chart_that_is_not_there_ends_the_job(tmp_path: Path) -> None:
    commands = ("helm upgrade --install churn ./charts/churn", "kubectl rollout restart deployment/churn")
    assert not deploys(tmp_path, CHART, *commands)


def test_a_chart_that_the_job_fetches_may_be_there(tmp_path: Path) -> None:
    commands = ("helm pull oci://charts.acme.example/churn --untar", "helm upgrade --install churn ./charts/churn")
    assert deploys(tmp_path, CHART, *commands)
