from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_scan import quoting, secret

VALUE = "hunter2"


@pytest.mark.parametrize(
    "line",
    [
        "password: hunter2",
        "DB_PASSWORD=hunter2",
        'client.login(apiKey="hunter2")',
        'os.environ["AWS_SECRET_ACCESS_KEY"] = "hunter2"',
        "twine upload --password hunter2 dist/*",
        "dbpasswd = 'hunter2'",
        '"authToken": "hunter2",',
        "--tokens hunter2",
        "Authorization: Bearer hunter2",
        "my-service-credentials hunter2",
        "git clone https://ann:hunter2@github.com/acme/churn",
        "postgresql+psycopg://mlflow:hunter2@db:5432/mlflow",
        'uri = "https://hunter2@host.example/x"',
    ],
)
def test_a_secret_is_hidden(line: str) -> None:
    assert VALUE not in quoting.masked(line)
    assert secret.MASK in quoting.masked(line)


@pytest.mark.parametrize(
    "line",
    [
        "AKIAIOSFODNN7EXAMPLE",
        "h8Kd2/Qm+v3XzP0aRtY7bNcE5uWf1LgS9iJo4TqB",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "9e107d9d372bb6826bd81d3542a419d6",
        "3f0c9a1e-7b42-4c55-9d1f-8a6b2e4d7c10",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
    ],
)
def test_a_secret_without_a_name_is_hidden(line: str) -> None:
    assert quoting.masked(f"run x {line} y") == f"run x {secret.MASK} y"


@pytest.mark.parametrize(
    "line",
    [
        "model = AutoTokenizer.from_pretrained('bert-base')",
        "src/churn/features2/train_gradient_boosting_v2.py:12",
        "mlflow.sklearn.log_model(model, artifact_path='model')",
        "python -m demand.train --epochs 10 --learning-rate 0.001",
        "schedule 0 3 * * 1 (at 03:00, only on Monday)",
        "monkeypatch keyboard passing compass",
        "https://github.com/acme/churn",
        "sagemaker.workflow.pipeline.PipelineDefinitionConfig",
        "ml_service/pipelines/diabetes_regression_build_train_pipeline_with_r_on_dbricks.py",
    ],
)
def test_other_text_stays_as_it_is(line: str) -> None:
    assert quoting.masked(line) == line


@given(st.text(), st.sampled_from(["password", "TOKEN", "api-key", "client_secret", "authToken"]), st.text())
def test_nothing_after_the_name_of_a_secret_shows(before: str, name: str, after: str) -> None:
    assert VALUE not in quoting.masked(f"{before} {name}={VALUE}{after}")
