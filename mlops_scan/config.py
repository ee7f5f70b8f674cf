"""Settings of a scan: ``[tool.mlops-scan]`` of pyproject.toml or ``.mlops-scan.toml``, from the path upward."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import msgspec

from mlops_scan.claims import Attestation, Dispute
from mlops_scan.sources.regular import UnreadableError
from mlops_scan.sources.regular import read as read_regular

FILE = ".mlops-scan.toml"
_NAME = "mlops-scan"
# far more than any settings need, and little enough to take into memory
_LARGEST = 1_000_000
_LARGEST_FILE = 100_000_000


_UNUSABLE = (OSError, ValueError, AttributeError, RecursionError)


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
    max_file_size: Annotated[int, msgspec.Meta(gt=0, le=_LARGEST_FILE)] = 5_000_000
    attest: tuple[Attestation, ...] = ()
    dispute: tuple[Dispute, ...] = ()

    def without_catalogues(self) -> Config:
        """Return the settings without tool files of their own."""
        return msgspec.structs.replace(self, catalogues=())

    def claims_only(self) -> Config:
        """Return what the team says itself, without any say in what is looked at, and by which detectors."""
        return Config(attest=self.attest, dispute=self.dispute)


def find(path: str) -> Config:
    """Return the nearest configuration at or above a path, up to the repository's root; defaults without one.

    Raises `ConfigError` as `read` does, and where a catalogue lies outside the repository.
    """
    nearest = file_of(path)
    found = read(nearest) if nearest else None
    if nearest is None or found is None:
        return Config()
    top = next((above for above in nearest.parents if (above / ".git").exists()), nearest.parent).resolve()
    for folder in found.catalogues:
        if not Path(folder).resolve().is_relative_to(top):
            message = (
                f"{nearest}: the catalogue {folder} lies outside the repository: use --config with a file of yours"
            )
            raise ConfigError(message)
    return found


def file_of(path: str) -> Path | None:
    """Return the file of the nearest configuration at or above a path, up to the repository's root, if any."""
    start = Path(path).resolve()
    for folder in (start, *start.parents):
        for file in (folder / FILE, folder / "pyproject.toml"):
            if file.is_file() and not file.is_symlink() and _says_something(file):
                return file
        if (folder / ".git").exists():
            break
    return None


def _says_something(file: Path) -> bool:
    """Tell whether a file holds settings of ours, as far as can be told, or cannot be used."""
    try:
        return _table(file) is not None
    except (*_UNUSABLE, UnreadableError):
        return file.name == FILE or _NAME in file.read_bytes()[:_LARGEST].decode("utf-8", "replace")


def read(file: Path) -> Config | None:
    """Return the configuration in a file, or None where pyproject.toml has no table for us.

    Raises `ConfigError` for a file that cannot be read, is not TOML, or sets what does not exist.
    """
    try:
        table = _table(file)
        if table is None:
            return None
        config = msgspec.convert(table, Config)
    except (*_UNUSABLE, msgspec.ValidationError, UnreadableError) as error:
        message = f"{file}: {error}"
        raise ConfigError(message) from error
    folders = tuple(str(file.parent / folder) for folder in config.catalogues)
    return msgspec.structs.replace(config, catalogues=folders)


def _table(file: Path) -> Any:  # noqa: ANN401 - whatever is written there
    """Return our table; most pyproject.toml say nothing of us, and need no parser, which takes a while to load."""
    text = read_regular(str(file.resolve()), _LARGEST).decode("utf-8")
    if file.name != "pyproject.toml":
        return _parsed(text)
    return _parsed(text).get("tool", {}).get(_NAME) if _NAME in text else None


def _parsed(text: str) -> dict[str, Any]:
    import tomli

    return tomli.loads(text)
