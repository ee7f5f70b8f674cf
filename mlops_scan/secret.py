"""What a secret looks like: names that say that a value is one, and forms that tell one without a name.

`masks` knows which value a name has, and takes that out; `quoting` shows lines of any language, where nothing tells
what is a value, and takes out all that follows a name. What is a name, a form or a reference, both ask here.
Sources of the forms: https://docs.github.com/code-security/secret-scanning and https://github.com/gitleaks/gitleaks.
"""

from __future__ import annotations

import functools
import re
import string
from itertools import pairwise

MASK = "***"
NAME = re.compile(r"[A-Za-z_][\w.-]*")
# parts of a name that say so: with these in them, at their end, alone, or in pairs
_PASSWORDS = ("password", "passwd", "passphrase")
_WITHIN = (*_PASSWORDS, "secret", "credential")
_AT_END = ("token", "key", "pwd", "auth")
_ALONE = frozenset({"pass", "authorization", "bearer", "sas"})
_PAIRS = frozenset({("connection", "string"), ("webhook", "url")})
# what may stand behind the part that says so
_BEHIND = frozenset({"base64", "b64", "id", "value"})
# in text without signs (``set password hunter2``) a value follows these; others are words of sentences, too
_SETTING = frozenset({*_PASSWORDS, "bearer", "pwd"})
_HUMP = re.compile(r"(?<=[^\W_A-Z])(?=[A-Z])")
_JOINTS = re.compile(r"[\W_]+")

_AUTHORITY = re.compile(r"(?<=://)[^\s/\"'`)>,;]*@")
_FORMS = re.compile(
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[opsur]_\w{20,255}|\bgithub_pat_\w{20,255}|\bglpat-[\w-]{16,64}"
    r"|\bxox[abprs]-[\w-]{10,200}|\bhf_[A-Za-z0-9]{20,64}|\bsk-[\w-]{20,200}|\bAIza[\w-]{30,45}|\bdapi[0-9a-f]{32}"
    r"|\bpypi-[\w-]{50,250}|\bnpm_\w{30,64}|\beyJ[\w-]{10,1000}\.[\w-]{10,1000}(?:\.[\w-]{0,1000})?"
    r"|(?<=sig=)[\w%+/=]{20,120}|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?s:.*)"
)
_USER = re.compile(r"(?<=\s)(?:-u|--user)[ =]\s{0,3}[\"']?(?P<value>[^\s:\"']{1,100}:[^\s\"']+)")
# ``docker login -u ada -p hunter2``: elsewhere ``-p`` is a port or a path
_LOGIN = re.compile(r"\b(?:login|sshpass)\b(?:[^\n;&|]{0,200}?\s)-p[ =]?\s{0,3}[\"']?(?P<value>[^\s\"']+)")
# keys of cloud services have 20 characters and more; of random text half the pairs alternate, of paths a tenth
_RUN = re.compile(r"[\w+/=-]{20,}", re.ASCII)
_ALTERNATES = 5
# a digest pins a commit or an image, and everybody may know it; the others precede the name of what is kept elsewhere
_DIGEST = re.compile(r"(?:@|sha256:)[0-9a-f]+\Z")
_NAMED = re.compile(r"(?:\$\{?|(?:env|secrets|vars)\.)\Z")

_REFERENCE = re.compile(
    r"\$\{\{[^{}'\"]*\}\}|\{\{[^{}'\"]*\}\}|\{[\w.]+\}|\$\([^'\"]*\)|`[^'\"`]*`|\$\{\w+\}|\$\w+|%\w+%"
    r"|<[\w. -]+>|…|\*{3,}|!(?:Ref|Sub|GetAtt|ImportValue|reference|vault|secret|env)\b[^'\"]*"
    r"|os\.(?:environ|getenv)[\w.]*[\[(]['\"]?\w*['\"]?[\])]"
    r"|(?:os|env|var|local|data|secrets?)\.[\w.]+|vault:\S+|ref\+\S+"
)
_SCHEME = re.compile(r"(?:(?:basic|bearer|digest|token)\s+)?", re.IGNORECASE)
_BETWEEN = re.compile(r"[^\w\s'\"$%<{*]*")
_NOTHING = frozenset({"", "none", "null", "true", "false"})


@functools.lru_cache(maxsize=65_536)
def names(name: str) -> bool:
    """Tell whether a key, keyword, option or variable says that its value is a secret: its last part does."""
    parts = _parts(name)
    while len(parts) > 1 and (parts[-1] in _BEHIND or parts[-1].isdigit()):
        parts.pop()
    return bool(parts) and (_says(parts[-1]) or tuple(parts[-2:]) in _PAIRS)


@functools.lru_cache(maxsize=65_536)
def mentions(text: str) -> bool:
    """Tell whether any part of a name in a text is that of a secret."""
    named = (_parts(word) for word in NAME.findall(text))
    return any(any(map(_says, parts)) or not _PAIRS.isdisjoint(pairwise(parts)) for parts in named)


def sets(name: str) -> bool:
    """Tell whether the value of such a name may follow it without a sign: sentences do not say ``api_key``."""
    parts = _parts(name)
    return "." not in name and (len(parts) > 1 or not _SETTING.isdisjoint(parts))


def told(name: str, value: str) -> bool:
    """Tell whether the value of what is named as a secret is one: no reference to it, and no number of them."""
    return not (refers(value) or _counts(name, value))


def _counts(name: str, value: str) -> bool:
    """Tell whether a name in the plural says how many there are (``max_tokens = 50``)."""
    return name.lower().endswith(tuple(f"{one}s" for one in _AT_END)) and value.replace("_", "").isdigit()


def refers(value: str) -> bool:
    """Tell whether a value is none, or stands for a secret that is kept elsewhere (``$TOKEN``, ``os.environ["K"]``)."""
    if value.lower() in _NOTHING:
        return True
    at = _past(_SCHEME, value, 0)
    while at < len(value):
        found = _REFERENCE.match(value, at)
        if found is None:
            return False
        at = _past(_BETWEEN, value, found.end())
    return True


def unnamed(text: str) -> str:
    """Return a text with ``***`` for what is a secret whatever it is called: by its form, or as who logs in."""
    shown = _FORMS.sub(MASK, _AUTHORITY.sub(f"{MASK}@", text))
    shown = _LOGIN.sub(_valued, _USER.sub(_valued, shown))
    return _RUN.sub(lambda found: MASK if _random(found) else found.group(), shown)


def _valued(found: re.Match[str]) -> str:
    kept, value = found.group(), found.group("value")
    return kept if all(map(refers, value.split(":"))) else kept[: len(kept) - len(value)] + MASK


def _past(what: re.Pattern[str], text: str, at: int) -> int:
    found = what.match(text, at)
    return found.end() if found else at


def _parts(name: str) -> list[str]:
    """Return the parts of ``snake_case``, ``kebab-case``, ``camelCase`` and ``dotted.names``, in small letters."""
    parts = filter(None, _JOINTS.split(_HUMP.sub(" ", name).lower()))
    return [part if part in _BEHIND else part.rstrip(string.digits) or part for part in parts]


def _says(part: str) -> bool:
    bare = part.removesuffix("s")
    return bare.endswith(_AT_END) or any(one in part for one in _WITHIN) or part in _ALONE


def _random(found: re.Match[str]) -> bool:
    run, before = found.group(), found.string[max(found.start() - 10, 0) : found.start()]
    if _DIGEST.search(before + run) or _NAMED.search(before):
        return False
    capitals = run.isupper() and not run.isalpha() and run.isalnum()
    return capitals or sum(map(_alternate, run, run[1:])) * _ALTERNATES >= len(run)


def _alternate(one: str, other: str) -> bool:
    both = one.isalnum() and other.isalnum()
    return both and (one.isdigit() != other.isdigit() or (one.islower() and other.isupper()))
