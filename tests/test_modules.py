from __future__ import annotations

import pytest

from mlops_scan import modules

PATHS = (
    "churn/__init__.py",
    "churn/train.py",
    "src/fraud/__init__.py",
    "src/fraud/model.py",
    "services/api/app.py",
    "services/api/predict.py",
    "pipelines/src/steps/__init__.py",
    "pipelines/src/steps/fit.py",
    "jobs/src/jobs/__init__.py",
    "jobs/src/jobs/fit.py",
    "run.py",
    "trackers/mlflow.py",
    "fit/fit.py",
    "api/routes/scoring.py",
    "ml/scoring/__init__.py",
    "ml/scoring/predict.py",
)


@pytest.mark.parametrize(
    ("name", "importer", "found"),
    [
        ("churn.train", "run.py", ("churn/train.py", "")),
        ("churn.train.fit", "run.py", ("churn/train.py", "fit")),
        ("churn", "tests/test_train.py", ("churn/__init__.py", "")),
        ("fraud.model.Net.forward", "run.py", ("src/fraud/model.py", "Net.forward")),
        ("predict", "services/api/app.py", ("services/api/predict.py", "")),
        ("steps.fit", "run.py", ("pipelines/src/steps/fit.py", "")),
        ("jobs.src.jobs.fit.main", "jobs/src/jobs/__init__.py", ("jobs/src/jobs/fit.py", "main")),
        ("jobs.fit.main", "run.py", ("jobs/src/jobs/fit.py", "main")),
        ("mlflow.log_metric", "trackers/mlflow.py", None),
        ("mlflow", "trackers/wandb.py", ("trackers/mlflow.py", "")),
        ("trackers.mlflow.log", "trackers/mlflow.py", ("trackers/mlflow.py", "log")),
        ("scoring.predict.score", "api/routes/scoring.py", ("ml/scoring/predict.py", "score")),
        ("fit", "fit/fit.py", ("fit/fit.py", "")),
        ("run.main", "run.py", ("run.py", "main")),
        ("predict", "run.py", None),
        ("mlflow.log_metric", "run.py", None),
        (".fit", "run.py", None),
        ("", "run.py", None),
    ],
)
def test_names_resolve_as_python_would_from_the_importer(
    name: str, importer: str, found: tuple[str, str] | None
) -> None:
    assert modules.index(PATHS).resolve(name, importer) == found


def test_a_folder_without_python_shadows_nothing() -> None:
    assert not modules.index(("mlflow/README.md", "train.py")).is_first_party("mlflow", "train.py")


@pytest.mark.parametrize(
    ("name", "ours"),
    [("mlflow", True), ("mlflow.log_metric", False), ("mlflow.shortlist", True), ("mlflow.shortlist.run", True)],
)
def test_a_package_that_states_nothing_has_no_members_but_its_modules(name: str, ours: bool) -> None:
    paths = ("churn/__init__.py", "churn/mlflow/__init__.py", "churn/mlflow/shortlist.py", "churn/utils.py")
    known = modules.index(paths, frozenset({"churn/mlflow/__init__.py"}))
    assert known.is_first_party(name, "churn/utils.py") is ours
    assert modules.index(paths).is_first_party(name, "churn/utils.py")


def test_a_program_without_an_ending_is_run_and_never_imported() -> None:
    assert modules.index(("evaluate", "score.py")).resolve("evaluate.load", "score.py") is None
    assert modules.index(("evaluate.py", "score.py")).resolve("evaluate.load", "score.py") == ("evaluate.py", "load")
