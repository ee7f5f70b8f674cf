from __future__ import annotations

import pytest

from mlops_scan.facts.rehearsals import rehearses


@pytest.mark.parametrize(
    "run",
    [
        "kubectl apply -f k8s/ --dry-run=client",
        "helm install churn charts/churn --dry-run",
        "make -n train",
        "dvc repro --dry",
        "gcloud run deploy --help",
        "aws s3 sync data s3://bucket --dryrun",
        "aws cloudformation deploy --no-execute-changeset --stack-name churn",
        "docker build --check .",
        "bash -n train.sh",
        "python -m py_compile train.py",
    ],
)
def test_what_only_tells_what_it_would_do(run: str) -> None:
    assert rehearses(run)


@pytest.mark.parametrize(
    "run",
    [
        "kubectl apply -f k8s/",
        "kubectl apply -f k8s/ --dry-run=none",
        "kubectl apply -f k8s/ --dry-run=$DRY",
        "helm install churn charts/churn --dry-run false",
        "make train -j4",
        "kubectl get pods -n churn",
        "helm upgrade churn charts/churn -n churn",
        "bash train.sh -n 5",
        "python train.py --dry-run",
        "./train.sh --dry-run",
        "python -m torch.distributed.run train.py",
        "python",
        "make",
    ],
)
def test_what_does_something(run: str) -> None:
    assert not rehearses(run)
