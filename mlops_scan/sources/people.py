"""Who is one person: the names, addresses and logins of a history, joined, without bots and machines."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from mlops_scan.sources import names

if TYPE_CHECKING:
    from collections.abc import Iterator

_GITHUB = "@users.noreply.github.com"
_BOTS = frozenset(
    {
        *(
            "actions-user",
            "allcontributors",
            "amazon github automation",
            "azure-devops",
            "codecov",
            "dependabot",
            "dependabot-preview",
        ),
        *("microsoft github user", "microsoft open source"),
        *("github actions", "github-actions", "github action", "gitlab ci", "greenkeeper", "imgbot", "pre-commit-ci"),
        *("pyup-bot", "renovate", "renovate bot", "semantic-release-bot", "snyk-bot", "travis ci", "web-flow"),
    },
)
# what writes code at the bidding of a person, under an address or a name that is no person's
_ASSISTANTS = frozenset(
    {
        *("claude code", "codex", "copilot", "cursor agent", "devin ai", "github copilot", "google labs jules"),
        *("copilot@github.com", "cursoragent@cursor.com", "noreply@anthropic.com"),
    },
)
_MACHINES = frozenset(
    {
        *("", "admin", "administrator", "azureuser", "codespace", "ec2defaultuser", "ec2user", "jovyan", "jupyter"),
        *("localhost", "root", "ubuntu", "unknown", "user", "vagrant", "vscode", "yourname"),
    },
)
# addresses that nobody reads; at GitHub they are also those of people who hide theirs
_UNREAD = ("do-not-reply", "donotreply", "no-reply", "noreply")
_NOBODY = frozenset({"", "noreply@github.com", "none@none", "root@localhost", "user@example.com", "you@example.com"})
# what git adds to a machine's name, or the machine's network does
_MADE_UP = (".local", ".localdomain", ".lan", ".(none)")

# where one word of a name ends and the next begins that stand without a blank between them
_APART = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

Person = tuple[str, str]


def joined(touched: tuple[Counter[Person], dict[Person, set[bytes]]]) -> dict[str, frozenset[str]]:
    """Return what `history` does, of the number of commits and the paths of every pair of name and e-mail address."""
    commits, paths = touched
    people = sorted(person for person in commits if not _bot(person))
    leader = _united(people)
    groups: dict[str, list[Person]] = {}
    for person in people:
        groups.setdefault(_leader(leader, _keys(person)[0]), []).append(person)
    known = [group for group in groups.values() if any(_plain(name) not in _MACHINES for name, _ in group)]
    result: dict[str, frozenset[str]] = {}
    for group in known or groups.values():
        found = frozenset(names.shown(path) for person in group for path in paths[person])
        name = _name(group, commits)
        result[name] = result.get(name, frozenset()) | found
    return result


def _bot(person: Person) -> bool:
    name, mail = (text.casefold() for text in person)
    if name.endswith(("[bot]", "-bot", "_bot")) or person[0].endswith(" bot") or f"[bot]{_GITHUB}" in mail:
        return True
    unread = mail.partition("@")[0].startswith(_UNREAD) and mail not in _NOBODY
    return unread or name in _BOTS or not _ASSISTANTS.isdisjoint((name, mail))


def _keys(person: Person) -> list[str]:
    """Return what identifies a person: address, name, GitHub login; the first one always stands for the pair.

    The words of a name are the same in whatever order: some write the family first, some last.
    """
    name, mail = _plain(person[0]), person[1].casefold().strip()
    if mail.endswith(_GITHUB):
        mail = mail.partition("+")[2] or mail
    keys = [f"pair {name} {mail}"]
    if mail not in _NOBODY:
        keys.append(f"mail {mail}")
    words = sorted(_words(person[0]))
    keys += [f"words {' '.join(words)}"] if words[1:] else []
    logins = [mail[: -len(_GITHUB)]] if mail.endswith(_GITHUB) else []
    keys += [f"name {_plain(text)}" for text in (name, *logins) if text and text not in _MACHINES]
    return keys


def _plain(name: str) -> str:
    """Return a name without what people vary: case, blanks, punctuation, accents, an employer in brackets."""
    kept = unicodedata.normalize("NFKD", name.partition("(")[0].casefold() or name.casefold())
    return "".join(filter(str.isalnum, kept)) or kept.strip()


def _words(name: str) -> list[str]:
    """Return the words of a name, without an employer behind a dash."""
    return [plain for word in name.partition(" - ")[0].split() if (plain := _plain(word)).isalnum()]


def _united(people: list[Person]) -> dict[str, str]:
    """Join keys that occur together; every key points towards the leader of its group."""
    leader: dict[str, str] = {}
    for person in people:
        keys = _keys(person)
        first = _leader(leader, keys[0])
        for key in keys[1:]:
            leader[_leader(leader, key)] = first
    for short, full in (*_shortened(people), *_initialled(people), *_addressed(people), *_lent(people)):
        leader[_leader(leader, _keys(short)[0])] = _leader(leader, _keys(full)[0])
    return leader


def _shortened(people: list[Person]) -> Iterator[tuple[Person, Person]]:
    """Yield people who sign with a first name that only one full name begins with, and who that is.

    Under an address that git made of a machine's name, that may also be the only login of their name and a number.
    """
    full: dict[str, dict[str, Person]] = {}
    logins: dict[str, dict[str, Person]] = {}
    for person in people:
        words, name = person[0].casefold().split(), _plain(person[0])
        if words[1:]:
            full.setdefault(words[0], {})[name] = person
        elif name[-1:].isdigit():
            logins.setdefault(name.rstrip("0123456789"), {})[name] = person
    for person in people:
        made_up = person[1].casefold().endswith(_MADE_UP)
        known = full.get(person[0].casefold().strip()) or (logins.get(_plain(person[0])) if made_up else None) or {}
        if len(known) == 1:
            yield person, next(iter(known.values()))


def _initialled(people: list[Person]) -> Iterator[tuple[Person, Person]]:
    """Yield people of whom only one other's name differs, by initials: ``Ada Lovelace`` and ``AdaMLovelace``."""
    initialled: dict[str, dict[str, Person]] = {}
    for person in people:
        words = _words(_APART.sub(" ", person[0]))
        long = [word for word in words if word[1:]]
        if long[1:] and long != words:
            initialled.setdefault("".join(long), {})["".join(words)] = person
    for person in people:
        others = initialled.get(_plain(person[0]), {})
        if len(others) == 1:
            yield person, next(iter(others.values()))


def _addressed(people: list[Person]) -> Iterator[tuple[Person, Person]]:
    """Yield people whose login or address, numbers behind it aside, is somebody's full name: ``ada.lovelace@work``.

    The family may come first or last. So is one with the initial of a word, or of all but one, which nobody else could
    have: ``adal``, ``alovelace``, ``vctduong``.
    """
    full = {"".join(order): person for person in people for order in _orders(_words(person[0]))}
    full |= {_plain(person[0]): person for person in people if person[0].split()[1:]}
    short: dict[str, dict[str, Person]] = {}
    for person in people:
        words = _words(person[0])
        for login in _abbreviated(words):
            short.setdefault(login, {})[" ".join(sorted(words))] = person
    full |= {login: next(iter(bearers.values())) for login, bearers in short.items() if len(bearers) == 1}
    for person in people:
        name, mail = person
        logins = (name, mail.partition("@")[0].rpartition("+")[2])
        for login in {_plain(text).rstrip("0123456789") for text in logins}:
            if login in full and full[login] != person:
                yield person, full[login]


def _lent(people: list[Person]) -> Iterator[tuple[Person, Person]]:
    """Yield people whose login begins the address of only one other: ``countess`` and ``Ada <countess@home>``.

    A first name with a capital may be anybody's of that name.
    """
    begun: dict[str, dict[str, Person]] = {}
    for person in people:
        if _plain(person[0]) not in _MACHINES:
            begun.setdefault(_plain(person[1].partition("@")[0]), {})[_plain(person[0])] = person
    for person in people:
        login = _plain(_login(person))
        others = {name: other for name, other in begun.get(login, {}).items() if name != login}
        if len(others) == 1 and login not in _MACHINES:
            yield person, next(iter(others.values()))


def _login(person: Person) -> str:
    """Return the login of a GitHub address, else a name that is written as one, in small letters; else nothing."""
    name, mail = person
    if mail.casefold().endswith(_GITHUB):
        return mail[: -len(_GITHUB)].rpartition("+")[2]
    return name if name == name.casefold() and not name.split()[1:] else ""


def _orders(words: list[str]) -> Iterator[list[str]]:
    """Yield the words of a full name as they stand, with the last one first and with the first one last."""
    if words[1:]:
        yield from (words, words[-1:] + words[:-1], words[1:] + words[:1])


def _abbreviated(words: list[str]) -> Iterator[str]:
    """Yield the first word with another's initial, a last one with those of all others, and the other way round."""
    for *others, last in _orders(words):
        initials = "".join(word[0] for word in others)
        yield from (f"{initials}{last}", f"{last}{initials}")
    first = words[0] if words else ""
    for other in words[1:]:
        yield f"{first}{other[0]}"
        yield f"{first[0]}{other}"


def _leader(leader: dict[str, str], key: str) -> str:
    while (above := leader.get(key, key)) != key:
        leader[key] = leader.get(above, above)
        key = above
    return key


def _name(group: list[Person], commits: Counter[Person]) -> str:
    """Return a person's most frequent name, a machine's only for want of a better one."""
    votes: Counter[str] = Counter()
    for person in group:
        votes[person[0]] += commits[person]
    return min(votes, key=lambda name: (_plain(name) in _MACHINES, -votes[name], name))
