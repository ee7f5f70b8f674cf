from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

CI = "on: {push: {branches: [main]}}\njobs:\n  release:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n"
CHART = {"deploy/churn/Chart.yaml": "apiVersion: v2\nname: churn\nversion: 0.1.0\n"}
OWN_IMAGE = {"values.yaml": "api:\n  image:\n    repository: registry.acme.example/churn\n"}
SIZES = {"values.yaml": "server:\n  replicas: 2\n"}


def released(files: dict[str, str], *commands: str) -> dict[str, str]:
    """Return the files with a workflow that runs the commands on a push."""
    return {".github/workflows/release.yml": CI + "".join(f"          {command}\n" for command in commands), **files}


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
    comes_to: Callable[[str, dict[str, str]], bool], files: dict[str, str], command: str
) -> None:
    assert comes_to("deploys", released(files, command))


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
def test_charts_of_others_deploy_nothing(
    comes_to: Callable[[str, dict[str, str]], bool], files: dict[str, str], command: str
) -> None:
    assert not comes_to("deploys", released(files, command))


def test_a_chart_that_is_not_there_ends_the_job(comes_to: Callable[[str, dict[str, str]], bool]) -> None:
    commands = ("helm upgrade --install churn ./charts/churn", "kubectl rollout restart deployment/churn")
    assert not comes_to("deploys", released(CHART, *commands))


def test_a_chart_that_the_job_fetches_may_be_there(comes_to: Callable[[str, dict[str, str]], bool]) -> None:
    commands = ("helm pull oci://charts.acme.example/churn --untar", "helm upgrade --install churn ./charts/churn")
    assert comes_to("deploys", released(CHART, *commands))
