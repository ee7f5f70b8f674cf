"""Django: the views that an application answers requests with, from what starts it through its tables of addresses.

Sources of the form: https://docs.djangoproject.com/en/stable/topics/http/urls/,
https://docs.djangoproject.com/en/stable/howto/deployment/wsgi/ and
https://www.django-rest-framework.org/api-guide/routers/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.flows.stated import text
from mlops_scan.facts.kinds import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated
    from mlops_scan.facts.kinds import Call, Fact

_ADDRESSES = frozenset({"django.urls.path", "django.urls.re_path", "django.conf.urls.url", "django.urls.conf.path"})
_INCLUDES = frozenset({"django.urls.include", "django.conf.urls.include"})
_ROUTERS = "rest_framework.routers."
_SETS, _SETTINGS = "os.environ.setdefault", "DJANGO_SETTINGS_MODULE"
_MAKES = ".as_view"
# where the addresses of a project are, beside its settings, as its generator writes them
_TABLE = "urls"


def facts(stated: Stated) -> Iterator[Fact]:
    """Yield which views, tables and settings a file leads to; what is asked for is run then, and not before."""
    for call in stated.calls if "django" in stated.imports or "rest_framework" in stated.imports else _setting(stated):
        target = _target(call, stated)
        if target:
            yield Link(line=call.line, kind="route", target=target, unit=call.unit)


def _setting(stated: Stated) -> tuple[Call, ...]:
    return tuple(call for call in stated.calls if call.name == _SETS)


def _target(call: Call, stated: Stated) -> str:
    """Return the view or module that an address, an included table, a router or a starting program leads to."""
    if call.name in _ADDRESSES:
        view = call.references.get("1") or call.references.get("view") or call.arguments.get("1", "")
        return _view(view.removesuffix(_MAKES), stated)
    if call.name in _INCLUDES:
        table = text(call.arguments, "0", "arg").partition(" ")[0]
        return table if all(part.isidentifier() for part in table.split(".")) else ""
    if call.name.startswith(_ROUTERS) and call.name.endswith(".register"):
        return _view(call.references.get("1") or call.arguments.get("1", ""), stated)
    settings = text(call.arguments, "1") if call.name == _SETS and call.arguments.get("0") == _SETTINGS else ""
    return f"{settings.partition('.')[0]}.{_TABLE}" if "." in settings else ""


def _view(name: str, stated: Stated) -> str:
    dotted = "." in name and not name.startswith(("django.", ".")) and all(p.isidentifier() for p in name.split("."))
    return stated.target(name) if dotted else ""
