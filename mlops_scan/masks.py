"""Secrets written down in a repository, taken out of what reports show.

Names that say so decide (``password``, ``api_key``, ``--token``), and forms that providers publish for their keys.
References to a secret (``$TOKEN``, ``${{ secrets.TOKEN }}``, ``os.environ``) show nothing, and stay.
Sources of the forms: https://docs.github.com/code-security/secret-scanning and https://github.com/gitleaks/gitleaks.
"""

from __future__ import annotations

import functools
import re
from typing import Any, TypeVar

import msgspec

_T = TypeVar("_T")

MASK = "***"
# the fields of values to show that hold what a repository wrote, beside paths and names
_TEXTS = frozenset({"detail", "message", "reason", "what"})
_NAMES = (
    *("passw(?:or)?d", "passwd", "passphrase", "pwd", "secret", "token", "credentials?", "connection[-_]?string"),
    *("api[-_]?key", "access[-_]?key", "account[-_]?key", "private[-_]?key", "auth[-_]?key", "encryption[-_]?key"),
    *("apikey", "webhook[-_]?url", "authorization", "sas[-_]?key", "storage[-_]?key", "client[-_]?secret"),
)
_NAME = re.compile(
    rf"(?:^|[^a-z]|(?<=[a-z])(?=[A-Z]))(?:{'|'.join(_NAMES)})(?:[-_]?(?:id|value|base64|b64|key))?$", re.IGNORECASE
)
_KEYED = re.compile(
    rf"(?P<key>(?<![A-Za-z])[\w.-]{{0,60}}?(?:{'|'.join(_NAMES)})(?:[-_](?:value|base64|b64))?['\"]?)"
    r"(?P<sign>\s{0,3}[=:]\s{0,3}|\s{1,3})(?P<quote>['\"]?)(?P<value>[^\s'\",;)&]+)",
    re.IGNORECASE,
)
_FORMS = re.compile(
    r"(?<=://)[^\s/@'\"]{1,200}(?=@)"
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[opsur]_\w{20,255}|\bgithub_pat_\w{20,255}|\bglpat-[\w-]{16,64}"
    r"|\bxox[abprs]-[\w-]{10,200}|\bhf_[A-Za-z0-9]{20,64}|\bsk-[\w-]{20,200}|\bAIza[\w-]{30,45}|\bdapi[0-9a-f]{32}"
    r"|\bpypi-[\w-]{50,250}|\bnpm_\w{30,64}|\beyJ[\w-]{10,1000}\.[\w-]{10,1000}(?:\.[\w-]{0,1000})?"
    r"|(?<=AccountKey=)[\w+/=]{20,120}|(?<=sig=)[\w%+/=]{20,120}|-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----.*"
)
_HEADER = re.compile(r"(?i)\b(bearer|basic)\s{1,3}(?P<value>[\w.~+/=-]{6,})")
_USER = re.compile(r"(?<=\s)(?P<flag>-u|--user)(?P<sign>[ =])(?P<value>[^\s:]{1,100}:[^\s]+)")
# what stands for a secret that is kept elsewhere, or for none
_REFERENCE = re.compile(
    r"[$%{<…*]|(?:os\.|env\.|var\.|local\.|data\.|secrets?\.|vault:|ref\+|!|None$|True$|False$|true$|false$|null$)"
)


def names_secret(name: str) -> bool:
    """Tell whether a key, keyword or variable says that its value is a secret."""
    return _NAME.search(name) is not None


@functools.lru_cache(maxsize=65_536)
def masked(text: str) -> str:
    """Return text with the value of every secret in it as ``***``."""
    shown = _FORMS.sub(MASK, text)
    for pattern in (_HEADER, _USER, _KEYED):
        shown = pattern.sub(_without, shown)
    return shown


def concealed(value: _T) -> _T:
    """Return an assessment, a trace or a part of one, with what is masked in every text that the repository wrote."""
    found: Any = value
    if isinstance(found, tuple):
        found = tuple(map(concealed, found))
    elif isinstance(found, msgspec.Struct):
        fields = {name: getattr(found, name) for name in found.__struct_fields__}
        shown = {
            name: masked(one) if name in _TEXTS and isinstance(one, str) else concealed(one)
            for name, one in fields.items()
        }
        changed = {name: one for name, one in shown.items() if one != fields[name]}
        found = msgspec.structs.replace(found, **changed) if changed else found
    result: _T = found
    return result


def value(name: str, text: str) -> str:
    """Return what may be shown of the value that has a name."""
    return MASK if text and names_secret(name) and not _REFERENCE.match(text) else masked(text)


def _without(found: re.Match[str]) -> str:
    kept, secret = found.group(), found.group("value")
    if _REFERENCE.match(secret) or (found.re is _KEYED and not _said(found)):
        return kept
    return kept[: len(kept) - len(secret)] + MASK


def _said(found: re.Match[str]) -> bool:
    """Tell whether a name is given its value here: by a sign, or as an option by what follows it."""
    return bool(found.group("sign").strip()) or (
        found.group("key").startswith("-") and not found.group("value").startswith("-")
    )
