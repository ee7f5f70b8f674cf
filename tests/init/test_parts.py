from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
import tomli
import yaml

from mlops_scan import config, init, model
from mlops_scan.assessment import Assessment, Origin
from mlops_scan.init import project
from mlops_scan.init.kinds import Plan, RefusedError, Site
from mlops_scan.init.parts import config as config_part
from mlops_scan.init.parts import workflow

if TYPE_CHECKING:
    from collections.abc import Callable

    Sites = Callable[..., Site]

ROOT = Path(__file__).parents[2]
GITHUB = '[remote "origin"]\n\turl = git@github.com:acme/churn.git\n'
GITLAB = '[remote "origin"]\n\turl = git@gitlab.com:acme/churn.git\n'


def after(plan: Plan) -> str:
    assert plan.change is not None
    return plan.change.after.decode()


def at_level(site: Site, level: int | None) -> Site:
    found = Assessment(Origin(".", None, "worktree"), "ml-system", level, "Some automation", True, (), ())  # noqa: FBT003
    return site._replace(assessment=found)


def remote(root: Path, text: str) -> None:
    with (root / ".git/config").open("a", encoding="utf-8") as file:
        file.write(text)


def uncommented(text: str) -> str:
    """Return settings with every commented example in force; sentences stay comments."""
    examples = (line.removeprefix("# ") for line in text.splitlines())
    return "\n".join(line if " = " in line or line.startswith("[") else f"# {line}" for line in examples)


def test_every_module_of_the_folder_is_a_part() -> None:
    assert init.names() == ("config", "pre-commit", "workflow")


@pytest.mark.parametrize("project_file", [None, "", "[project]\nname = 'churn'", "[tool.ruff]\nline-length = 1\r\n"])
def test_the_examples_of_the_settings_are_valid_settings(
    repository: Path, site: Sites, project_file: str | None
) -> None:
    if project_file is not None:
        (repository / "pyproject.toml").write_bytes(project_file.encode())
    plan = config_part.plan(at_level(site(), 2))
    assert plan.change is not None
    target = repository / plan.change.path
    assert target.name == (".mlops-scan.toml" if project_file is None else "pyproject.toml")
    target.write_bytes(plan.change.after)
    assert config.find(str(repository)) == config.Config()
    assert config_part.plan(site()).change is None
    target.write_text(uncommented(target.read_text(encoding="utf-8")), encoding="utf-8")
    said = config.find(str(repository))
    assert said.exclude == ("notebooks/scratch/",)
    assert [claim.capability in {known.id for known in model.load().capability} for claim in said.attest] == [True]
    assert str(said.attest[0].expires) == "2027-05-04"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_a_table_goes_to_the_end_of_pyproject(repository: Path, site: Sites, end: str, last: str) -> None:
    text = ("[project]\nname = 'é'  # the name\n\n[[tool.x.y]]\na=1" + last).replace("\n", end)
    (repository / "pyproject.toml").write_bytes(text.encode())
    found = after(config_part.plan(at_level(site(), 1)))
    assert found.startswith(text)
    assert found.count("\n") == found.count(end)
    assert tomli.loads(found)["tool"] == {"x": {"y": [{"a": 1}]}, "mlops-scan": {}}
    assert f"{end}{end}[tool.mlops-scan]{end}# Level 1 of 4: Some automation (" in found


@pytest.mark.parametrize("text", ["tool = {}\n", "tool = {x = 1}\n", "tool = {x = {y = 1}}"])
def test_where_no_table_can_be_appended_it_is_said(repository: Path, site: Sites, text: str) -> None:
    (repository / "pyproject.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RefusedError, match="no table can be appended"):
        config_part.plan(site())


def test_settings_that_are_there_stay(repository: Path, site: Sites) -> None:
    (repository / ".mlops-scan.toml").write_text("exclude = []\n", encoding="utf-8")
    (repository / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    assert config_part.plan(site()) == Plan(".mlops-scan.toml: nothing to do, it is there")


@pytest.mark.parametrize(("level", "lowest"), [(None, 0), (0, 0), (3, 3)])
def test_the_workflow_keeps_the_level(repository: Path, site: Sites, level: int | None, lowest: int) -> None:
    remote(repository, GITHUB)
    found = yaml.safe_load(after(workflow.plan(at_level(site(), level))))
    steps = found["jobs"]["level"]["steps"]
    assert steps[-1]["uses"] == f"{project.slug()}@{project.TAG}"
    assert steps[-1]["with"] == {"fail-under": lowest}
    assert found["permissions"] == {}
    assert found["jobs"]["level"]["permissions"] == {"contents": "read"}


def test_actionlint_and_zizmor_take_the_workflow(repository: Path, site: Sites) -> None:
    (repository / ".github").mkdir()
    plan = workflow.plan(at_level(site(), 2))
    file = repository / workflow.FILE
    file.parent.mkdir()
    file.write_text(after(plan), encoding="utf-8")
    linted = subprocess.run(["actionlint", str(file)], check=False, capture_output=True, text=True)
    assert (linted.returncode, linted.stdout) == (0, "")
    pedantic = ["zizmor", "--offline", "--persona=pedantic", "--no-progress", "--format=json", str(file)]
    asked = subprocess.run(pedantic, check=False, capture_output=True, text=True)
    assert (asked.returncode, msgspec.json.decode(asked.stdout)) == (0, [])
    assert workflow.plan(site()).change is None


@pytest.mark.skipif(not (ROOT / "action.yml").exists(), reason="this checkout has no action")
def test_the_action_has_the_inputs_that_the_workflow_gives(repository: Path, site: Sites) -> None:
    remote(repository, GITHUB)
    given = yaml.safe_load(after(workflow.plan(at_level(site(), 2))))["jobs"]["level"]["steps"][-1]["with"]
    assert set(given) <= set(yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ci.yml", f"jobs:\n  a:\n    steps:\n      - uses: {project.slug()}@main\n"),
        (
            "ci.yaml",
            "jobs:\n  a:\n    steps:\n      - run: |\n          pip install mlops-scan\n          mlops-scan .\n",
        ),
        ("mlops-scan.yml", f"jobs: {{a: {{steps: [{{uses: {project.slug()}@v0}}]}}}}\n"),
    ],
)
def test_a_workflow_that_runs_the_scan_is_enough(repository: Path, site: Sites, name: str, text: str) -> None:
    (repository / workflow.FOLDER).mkdir(parents=True)
    (repository / workflow.FOLDER / name).write_text(text, encoding="utf-8")
    assert workflow.plan(site()) == Plan(f"{workflow.FOLDER}/{name}: nothing to do, it runs mlops-scan")


def test_another_workflow_of_that_name_is_never_replaced(repository: Path, site: Sites) -> None:
    (repository / workflow.FOLDER).mkdir(parents=True)
    (repository / workflow.FILE).write_text("# mlops-scan\non: push\njobs: {}\n", encoding="utf-8")
    with pytest.raises(RefusedError, match="does something else"):
        workflow.plan(site())


def test_on_gitlab_a_job_is_shown_and_nothing_written(repository: Path, site: Sites) -> None:
    remote(repository, GITLAB)
    plan = workflow.plan(at_level(site(), 2))
    assert plan.change is None
    job = yaml.safe_load("\n".join(plan.then))["mlops-scan"]
    assert job["script"] == [f'pip install "git+{project.url()}@{project.TAG}"', "mlops-scan . --fail-under 2"]
    (repository / ".gitlab-ci.yml").write_text("\n".join(plan.then), encoding="utf-8")
    assert workflow.plan(site()) == Plan(".gitlab-ci.yml: nothing to do, it runs mlops-scan")


def test_elsewhere_there_is_no_workflow(site: Sites, tmp_path: Path) -> None:
    assert workflow.plan(site(root=tmp_path)).what.startswith("no workflow: ")
