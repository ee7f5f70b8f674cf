from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest
import tomli

from mlops_scan import __version__
from mlops_scan.init import hosting, project
from mlops_scan.sources.kinds import Place

DECLARED = tomli.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def place(folder: Path, config: str = "", head: str | None = None) -> Place:
    (folder / "config").write_text(config, encoding="utf-8")
    if head is not None:
        (folder / "refs/remotes/origin").mkdir(parents=True)
        (folder / "refs/remotes/origin/HEAD").write_text(head, encoding="utf-8")
    return Place(str(folder), str(folder), str(folder))


def test_the_project_is_named_as_its_metadata_says() -> None:
    assert project.url() == DECLARED["urls"]["Source"]
    assert project.url().endswith("/" + project.slug())
    assert f"v{__version__}" == project.TAG


def test_a_checkout_that_is_not_installed_reads_its_own_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "metadata", missing)
    assert project.url() == DECLARED["urls"]["Source"]


@pytest.mark.parametrize(
    ("address", "service"),
    [
        ("https://github.com/acme/churn.git", "github"),
        ("git@github.com:acme/churn.git", "github"),
        ("ssh://git@ssh.github.com:443/acme/churn.git", "github"),
        ("https://github.acme.example/churn", "github"),
        ("https://token@gitlab.com/acme/churn.git", "gitlab"),
        ("git@gitlab.acme.example:ml/churn.git", "gitlab"),
        ("https://notgithub.com/acme/github.git", None),
        ("/srv/github.com/churn.git", None),
        ("C:/github.com/churn", None),
        ("https://[github.com/churn", None),
    ],
)
def test_a_remote_tells_the_service(tmp_path: Path, address: str, service: str | None) -> None:
    found = place(
        tmp_path, f'[core]\n\turl = https://github.com/no\n[remote "origin"]\n\turl = {address}\n[x]\n\turl=y\n'
    )
    assert [name for name in ("github", "gitlab") if hosting.hosted_on(found, name)] == [service] * bool(service)


def test_outside_git_no_service_is_known() -> None:
    assert not hosting.hosted_on(None, "github")
    assert hosting.main_branches(None) == hosting.MAIN


@pytest.mark.parametrize(
    ("head", "branches"),
    [
        ("ref: refs/remotes/origin/trunk\n", ("trunk",)),
        ("ref: refs/remotes/origin/release/1.x\n", ("release/1.x",)),
        ('ref: refs/remotes/origin/a"], [x\n', hosting.MAIN),
        ("ref: refs/remotes/origin/${{github.token}}\n", hosting.MAIN),
        ("", hosting.MAIN),
        (None, hosting.MAIN),
    ],
)
def test_the_main_branch_is_the_remotes_unless_its_name_is_odd(
    tmp_path: Path, head: str | None, branches: tuple[str, ...]
) -> None:
    assert hosting.main_branches(place(tmp_path, head=head)) == branches
