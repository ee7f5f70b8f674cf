from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_scan import forges
from mlops_scan.sources import remotes
from mlops_scan.sources.kinds import Place

if TYPE_CHECKING:
    from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"
AZURE = "&line=7&lineEnd=8&lineStartColumn=1&lineEndColumn=1"


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://github.com/acme/churn.git", "https://github.com/acme/churn"),
        ("git@github.com:acme/churn", "https://github.com/acme/churn"),
        ("ssh://git@ssh.github.com:443/acme/churn.git", "https://github.com/acme/churn"),
        ("https://x-access-token:ghs_secret@github.com/acme/churn/", "https://github.com/acme/churn"),
        ("https://github.acme.example:8443/ml/churn.git", "https://github.acme.example:8443/ml/churn"),
        ("https://oauth2:secret@gitlab.com/acme/ml/team/churn.git", "https://gitlab.com/acme/ml/team/churn"),
        ("ssh://git@gitlab.acme.example:2222/ml/churn.git", "https://gitlab.acme.example/ml/churn"),
        ("git@altssh.gitlab.com:acme/churn.git", "https://gitlab.com/acme/churn"),
        ("https://ann:secret@bitbucket.org/acme/churn.git", "https://bitbucket.org/acme/churn"),
        ("git@bitbucket.org:acme/churn.git", "https://bitbucket.org/acme/churn"),
        (
            "https://acme@dev.azure.com/acme/My%20Project/_git/churn",
            "https://dev.azure.com/acme/My%20Project/_git/churn",
        ),
        ("git@ssh.dev.azure.com:v3/acme/My%20Project/churn", "https://dev.azure.com/acme/My%20Project/_git/churn"),
        ("https://acme.visualstudio.com/DefaultCollection/ml/_git/churn", "https://dev.azure.com/acme/ml/_git/churn"),
        ("https://acme.visualstudio.com/_git/churn", "https://dev.azure.com/acme/_git/churn"),
        ("acme@vs-ssh.visualstudio.com:v3/acme/ml/churn", "https://dev.azure.com/acme/ml/_git/churn"),
        ("https://git.acme.example/ml/churn.git", ""),
        ("https://notgithub.com/acme/churn", ""),
        ("https://github.com/acme", ""),
        ("https://github.com/acme/../../etc", ""),
        ("https://dev.azure.com/acme/ml/churn", ""),
        ("git@ssh.dev.azure.com:v2/acme/ml/churn", ""),
        ("/srv/github.com/acme/churn", ""),
        ("../github.com:acme/churn", ""),
        ("C:/github.com/churn", ""),
        ("file:///github.com/acme/churn", ""),
        ("ext::sh -c touch% /tmp/x github.com:acme/churn", ""),
        ("javascript://github.com/acme/churn", ""),
        ("https://github.com\\@evil.example/a/b", ""),
        ("https://[github.com/acme/churn", ""),
        ("https://github.com:port/acme/churn", ""),
        ("https://github.com/acme/\u202echurn", ""),
        ("", ""),
    ],
)
def test_a_remote_becomes_a_page_without_credentials(address: str, page: str) -> None:
    assert forges.web(address) == page


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("https://github.com/a/b", f"https://github.com/a/b/blob/{COMMIT}/src/a%20b%23.py?plain=1#L7"),
        ("https://gitlab.com/a/b/c", f"https://gitlab.com/a/b/c/-/blob/{COMMIT}/src/a%20b%23.py?plain=1#L7"),
        ("https://bitbucket.org/a/b", f"https://bitbucket.org/a/b/src/{COMMIT}/src/a%20b%23.py#lines-7"),
        (
            "https://dev.azure.com/a/My%20p/_git/b",
            f"https://dev.azure.com/a/My%20p/_git/b?path=/src/a%20b%23.py&version=GC{COMMIT}{AZURE}",
        ),
        ("", ""),
    ],
)
def test_a_line_has_an_address_at_its_commit(page: str, address: str) -> None:
    assert forges.line(page, COMMIT, "src/a b#.py", 7) == address
    assert (
        forges.line(page, COMMIT, "src/a b#.py", 0)
        == address.partition("?plain")[0].partition("#")[0].partition("&line")[0]
    )


@given(st.text(), st.sampled_from(["https://github.com/", "git@gitlab.com:", "https://dev.azure.com/", "", "ssh://"]))
def test_a_page_is_always_an_address_of_the_web(text: str, start: str) -> None:
    page = forges.web(start + text)
    if page:
        assert page.isascii()
        assert urlsplit(page).scheme == "https"
        assert "@" not in urlsplit(page).netloc
        assert not set(page) & set("\"'<> \\")
        assert forges.web(page) == page


def place(folder: Path, config: str) -> Place:
    (folder / "config").write_text(config, encoding="utf-8")
    return Place(str(folder), str(folder), str(folder))


@pytest.mark.parametrize(
    ("config", "address"),
    [
        ('[remote "origin"]\n\turl = git@github.com:a/b.git\n', "git@github.com:a/b.git"),
        ('[core]\nurl=x\n[Remote "origin"]\n  URL="https://github.com/a/b" # ours\n', "https://github.com/a/b"),
        ('[remote "upstream"]\nurl = u\n[remote "origin"]\nurl = o\nurl = second\n', "o"),
        ('[remote "upstream"]\nurl = u\n', "u"),
        ('[remote "a"]\nurl = u\n[remote "b"]\nurl = v\n', ""),
        ('[remote "origin"]\nurl = https://github.com/\\\na/b\n', ""),
        ('[remote "origin"]\npushurl = x\n[branch "main"]\nurl = y\n', ""),
        ("[include]\npath = /etc/passwd\n", ""),
        ("", ""),
    ],
)
def test_the_origin_is_read_from_the_configuration(tmp_path: Path, config: str, address: str) -> None:
    assert remotes.origin(place(tmp_path, config)) == address


def test_a_configuration_that_is_no_regular_file_names_no_remote(tmp_path: Path) -> None:
    found = place(tmp_path, "")
    (tmp_path / "config").unlink()
    (tmp_path / "config").mkdir()
    assert remotes.origin(found) == ""
