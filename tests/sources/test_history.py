from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.sources import history, open_source

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sources.conftest import Repo

ADA = "Ada <ada@example.org>"


def test_authors_and_their_paths(repo: Repo) -> None:
    repo.commit("Dockerfile", "src/deep/x.py", author="Grace Hopper <grace@example.org>")
    (repo.root / "data.csv").unlink()
    repo.commit(author="Grace Hopper <grace@example.org>")
    assert history(open_source(str(repo.root))) == {
        "Ada": frozenset({"train.py", "src/model.py", "data.csv"}),
        "Grace Hopper": frozenset({"Dockerfile", "src/deep/x.py", "data.csv"}),
    }


def test_of_a_subdirectory_and_of_a_revision(repo: Repo) -> None:
    repo.commit("src/deep/x.py", "srcs/y.py", author="Bob <bob@example.org>")
    assert history(open_source(str(repo.root / "src"))) == {
        "Ada": frozenset({"model.py"}),
        "Bob": frozenset({"deep/x.py"}),
    }
    assert set(history(open_source(str(repo.root), revision="HEAD~1")) or ()) == {"Ada"}


def test_one_person_under_many_names(repo: Repo) -> None:
    people = [
        *("ada lovelace <ada@example.org>", "Ada Lovelace <ada@work.example>", "countess <ADA@work.example>"),
        *("lovelace-a <7+countess@users.noreply.github.com>", "Ada  Lovelace (Engine Ltd) <ada@engine.example>"),
    ]
    for number, person in enumerate(people):
        repo.commit(f"{number}.py", author=person)
    repo.commit("other.py", author="Someone Else <noreply@github.com>")
    repo.commit("more.py", author="Third <noreply@github.com>")
    found = history(open_source(str(repo.root)))
    assert found is not None
    assert set(found) == {"Ada", "Someone Else", "Third"}
    assert {f"{number}.py" for number in range(len(people))} <= found["Ada"]


def test_a_first_name_stands_for_the_only_full_name_that_begins_so(repo: Repo) -> None:
    repo.commit("a.py", author="Grace Hopper <hopper@navy.example>")
    repo.commit("b.py", author="grace <grace@home.example>")
    assert set(history(open_source(str(repo.root))) or ()) == {"Ada", "Grace Hopper"}
    repo.commit("c.py", author="Grace Kelly <kelly@example.org>")
    assert set(history(open_source(str(repo.root))) or ()) == {"Ada", "Grace Hopper", "grace", "Grace Kelly"}


def test_a_name_from_an_unset_machine_stands_for_the_only_login_of_that_name_and_a_number(repo: Repo) -> None:
    repo.commit("a.py", author="grace1906 <grace@navy.example>")
    repo.commit("b.py", author="Grace <grace@Graces-MacBook.local>")
    assert set(history(open_source(str(repo.root))) or ()) == {"Ada", "Grace"}
    repo.commit("c.py", author="grace42 <other@example.org>")
    assert set(history(open_source(str(repo.root))) or ()) == {"Ada", "Grace", "grace1906", "grace42"}


def test_a_login_or_address_that_is_a_full_name_stands_for_its_bearer(repo: Repo) -> None:
    people = [
        *(
            "Zoë Müller <zoe@example.org>",
            "Zoë Müller <z@example.org>",
            "zoemuller <7+zoemuller@users.noreply.github.com>",
        ),
        *("Viking <zoe.muller@work.example>", "zoemuller1987 <z@example.org>"),
    ]
    for number, person in enumerate(people):
        repo.commit(f"{number}.py", author=person)
    repo.commit("info.py", author="Bob Ross <bob@example.org>")
    repo.commit("bob.py", author="Robert <bob@other.example>")
    assert set(history(open_source(str(repo.root))) or ()) == {"Ada", "Bob Ross", "Robert", "Zoë Müller"}


def test_names_in_any_order_and_logins_with_an_initial_stand_for_their_bearer(repo: Repo) -> None:
    people = ("Minh Bui <minh@example.org>", "Bui Minh <bui@work.example>", "Grace Hopper - Navy <g@navy.example>")
    logins = ("graceh <1@users.noreply.github.com>", "anybody <mbui@example.com>")
    for number, person in enumerate((*people, *logins)):
        repo.commit(f"{number}.py", author=person)
    assert len(history(open_source(str(repo.root))) or ()) == len({"Ada", "Bui Minh", "Grace Hopper"})
    repo.commit("other.py", author="Grace Hill <hill@example.org>")  # of whom the login may be as well
    assert "graceh" in (history(open_source(str(repo.root))) or ())


def test_logins_of_a_name_of_many_words_stand_for_its_bearer(repo: Repo) -> None:
    people = ("Minh Anh Ha Bui <7+buiminhanhha@users.noreply.github.com>", "haminh <buiminhanhha42@home.example>")
    logins = ("bmahbui <1@users.noreply.github.com>", "bmaha <b@home.example>", "habma <c@home.example>")
    for number, person in enumerate((*people, *logins)):
        repo.commit(f"{number}.py", author=person)
    assert set(history(open_source(str(repo.root))) or ()) == {"Ada", "Minh Anh Ha Bui", "bmahbui"}
    repo.commit("other.py", author="Ha Bach Mai Anh <h@example.org>")  # of whom the login may be as well
    assert "habma" in (history(open_source(str(repo.root))) or ())


def test_a_name_with_an_address_of_its_own_stands_for_itself(repo: Repo) -> None:
    repo.commit("a.py", author="grace1906 <grace@navy.example>")
    repo.commit("b.py", author="Grace <kelly@example.org>")
    assert set(history(open_source(str(repo.root))) or ()) == {"Ada", "Grace", "grace1906"}


def test_a_login_stands_for_the_only_one_whose_address_it_begins(repo: Repo) -> None:
    people = ("Grace Hopper <amazing@navy.example>", "amazing <desk@work.example>", "Hopper <g@home.example>")
    for number, person in enumerate((*people, "Admiral <7+g@users.noreply.github.com>", "root <amazing>")):
        repo.commit(f"{number}.py", author=person)
    assert len(history(open_source(str(repo.root))) or ()) == len({"Ada", "Grace Hopper", "Hopper"})
    repo.commit("kelly.py", author="Kelly <amazing@film.example>")  # of whom the login may be as well
    assert "amazing" in (history(open_source(str(repo.root))) or ())


def test_mailmap(repo: Repo) -> None:
    repo.commit("a.py", author="nick <nick@home.example>")
    repo.write(".mailmap", "Ada <ada@example.org> <nick@home.example>\n")
    repo.commit("b.py")
    assert set(history(open_source(str(repo.root))) or ()) == {"Ada"}


def test_bots_and_machines(repo: Repo) -> None:
    for bot in (
        "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>",
        "github-actions <41898282+github-actions[bot]@users.noreply.github.com>",
        "renovate <bot@renovate.example>",
        "pre-commit-ci[bot] <x@y.example>",
        "shelf-bot <shelf@y.example>",
        "shelf bot <admin@y.example>",
        "Platform <no-reply@platform.example>",
        "Ubuntu <ubuntu@ip-10-0-0-1.ec2.internal>",
        "root <root@localhost>",
    ):
        repo.commit("auto.txt", author=bot)
    assert set(history(open_source(str(repo.root))) or ()) == {"Ada"}


def test_a_person_called_bot_or_with_a_hidden_address_is_somebody(repo: Repo) -> None:
    repo.commit("a.py", author="Jan Bot <jan@example.org>")
    repo.commit("b.py", author="Eve <7+eve@users.noreply.github.com>")
    repo.commit("c.py", author="Bob <noreply@github.com>")
    assert set(history(open_source(str(repo.root))) or ()) == {"Ada", "Bob", "Eve", "Jan Bot"}


def test_an_assistant_is_nobody_and_a_person_of_its_name_is_somebody(repo: Repo) -> None:
    for assistant in (
        "Claude <noreply@anthropic.com>",
        "Copilot <198982749+Copilot@users.noreply.github.com>",
        "Cursor Agent <cursoragent@cursor.com>",
        "Devin AI <158243242+devin-ai-integration[bot]@users.noreply.github.com>",
    ):
        repo.commit("auto.txt", author=assistant)
    repo.commit("a.py", author="Claude <claude@shannon.example>")
    assert set(history(open_source(str(repo.root))) or ()) == {"Ada", "Claude"}


def test_machine_alone_counts(make: object, tmp_path: Path) -> None:
    repo = make("alone")  # type: ignore[operator]
    repo.commit("a.py", author="Ubuntu <ubuntu@ip-10-0-0-1>")
    assert history(open_source(str(repo.root))) == {"Ubuntu": frozenset({"a.py"})}
    assert tmp_path.exists()


def test_merges_and_empty_commits(repo: Repo) -> None:
    repo.git("checkout", "-q", "-b", "side", "HEAD~1")
    repo.commit("side.py", author="Bob <bob@example.org>")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "merge", "side", author="Carol <carol@example.org>")
    repo.commit(author="Dan <dan@example.org>")
    found = history(open_source(str(repo.root)))
    assert found is not None
    assert found["Bob"] == {"side.py"}
    assert (found["Carol"], found["Dan"]) == (frozenset(), frozenset())


def test_none_outside_git_and_before_the_first_commit(tmp_path: Path, make: object) -> None:
    repo = make("new")  # type: ignore[operator]
    repo.write("a.py")
    assert history(open_source(str(repo.root))) is None
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain/a.py").write_text("x")
    assert history(open_source(str(tmp_path / "plain"))) is None


def test_names_that_look_like_the_log(repo: Repo) -> None:
    commit = repo.commit("@Eve", ":100644 x", "a\nb", author="@Mallory : <m@example.org>")
    found = history(open_source(str(repo.root), revision=commit))
    assert found is not None
    assert {"@Eve", ":100644 x", "a\nb"} in found.values()
    assert set(found) == {"Ada", "@Mallory"}
