"""Settings of a scan: ``[tool.mlops-scan]`` of pyproject.toml or ``.mlops-scan.toml``, from the path upward."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import tomli

from mlops_scan.claims import Attestation, Dispute

FILE = ".mlops-scan.toml"


class ConfigError(Exception):
    """A configuration that cannot be used; the message says where and what to do."""


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a repository may set about its scan.

    ``exclude``: gitignore patterns of files to leave out. ``catalogues``: folders of tool files, relative to the
    configuration file. ``disable``: tools or detectors by id. ``max_file_size``: bytes; larger files are passed over.
    ``attest`` and ``dispute``: what the team says itself.
    """

    exclude: tuple[str, ...] = ()
    catalogues: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    max_file_size: Annotated[int, msgspec.Meta(gt=0)] = 5_000_000
    attest: tuple[Attestation, ...] = ()
    dispute: tuple[Dispute, ...] = ()

    def without_catalogues(self) -> Config:
        """Return the settings without tool files of their own."""
        return msgspec.structs.replace(self, catalogues=())


def find(path: str) -> Config:
    """Return the nearest configuration at or above a path, up to the repository's root; defaults without one."""
    start = Path(path).resolve()
    for folder in (start, *start.parents):
        for file in (folder / FILE, folder / "pyproject.toml"):
            if file.is_file() and (found := read(file)) is not None:
                return found
        if (folder / ".git").exists():
            break
    return Config()


def read(file: Path) -> Config | None:
    """Return the configuration in a file, or None where pyproject.toml has no table for us.

    Raises `ConfigError` for a file that cannot be read, is not TOML, or sets what does not exist.
    """
    try:
        document = tomli.loads(file.read_text(encoding="utf-8"))
        table = document if file.name != "pyproject.toml" else document.get("tool", {}).get("mlops-scan")
        if table is None:
            return None
        config = msgspec.convert(table, Config)
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError, AttributeError, msgspec.ValidationError) as error:
        message = f"{file}: {error}"
        raise ConfigError(message) from error
    folders = tuple(str(file.parent / folder) for folder in config.catalogues)
    return msgspec.structs.replace(config, catalogues=folders)
