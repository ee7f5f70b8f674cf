"""The settings: a table in pyproject.toml where there is one, else a file of their own."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import tomli

from mlops_scan import __version__, config
from mlops_scan.config import FILE
from mlops_scan.init import disk
from mlops_scan.init.kinds import Change, Plan, RefusedError

if TYPE_CHECKING:
    from mlops_scan.init.kinds import Site

PROJECT = "pyproject.toml"
_TABLE = "tool.mlops-scan"
_YEAR = dt.timedelta(days=365)  # an attestation is looked at again after a year, as certificates are
_THEN = ("next: take the # off what you need; `mlops-scan list capabilities` names what can be attested",)


def plan(site: Site) -> Plan:
    """Return the settings to add; none where there are some.

    Raises `RefusedError` where a table cannot be appended, and `config.ConfigError` for what is not TOML.
    """
    own, project = disk.existing(site, FILE), disk.existing(site, PROJECT)
    if own is not None:
        return Plan(f"{FILE}: nothing to do, it is there")
    if project is None:
        return Plan(f"{FILE}: settings", Change(FILE, None, _settings(site, "").encode()), _THEN)
    if config.read(site.root / PROJECT) is not None:
        return Plan(f"{PROJECT}: nothing to do, [{_TABLE}] is there")
    after = _appended(disk.text(project, PROJECT), f"[{_TABLE}]\n" + _settings(site, f"{_TABLE}."))
    return Plan(f"{PROJECT}: [{_TABLE}]", Change(PROJECT, project, after.encode()), _THEN)


def _settings(site: Site, prefix: str) -> str:
    """Return the level as a comment, and examples that are valid once their ``# `` is taken off."""
    expires = site.today + _YEAR
    return f"""\
# {site.level} (mlops-scan {__version__}, when this was written)

# Files to leave out, as in .gitignore:
# exclude = ["notebooks/scratch/"]

# What the repository cannot show, and is there all the same:
# [[{prefix}attest]]
# capability = "model-monitoring"
# reason = "drift is watched by the monitoring service of the platform team"
# url = "https://example.com/dashboards/model"
# owner = "platform team"
# expires = {expires}
"""


def _appended(text: str, table: str) -> str:
    """Return TOML text with a table at its end. Raises `RefusedError` where that would change anything else."""
    end = disk.line_end(text)
    room = end if text.strip() else ""
    closed = text if text.endswith("\n") or not text else text + end
    after = closed + room + table.replace("\n", end)
    try:
        tools = tomli.loads(after)["tool"]
        if tools.pop("mlops-scan") == {} and tools == tomli.loads(text).get("tool", {}):
            return after
    except ValueError:  # also of a number of thousands of digits
        pass
    message = f"{PROJECT}: `tool` is written so that no table can be appended: make {FILE} yourself, or leave it out"
    raise RefusedError(message)
