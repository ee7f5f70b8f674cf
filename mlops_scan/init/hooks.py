"""Hooks inserted into the text of a pre-commit configuration, or nothing where that would change anything else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from mlops_scan.init import project, yaml_insert
from mlops_scan.init.kinds import RefusedError
from mlops_scan.init.yaml_insert import Style
from mlops_scan.init.yaml_places import Spot, documents, meaning

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE = ".pre-commit-config.yaml"
_REPOS = "repos"
_EMPTY: tuple[list[str], ...] = ([], ["[]"], ["[", "]"])  # nothing, or brackets around nothing
_USUAL = Style()


class _Written(NamedTuple):
    """A configuration as it stands: its top mapping and the list of repositories, None where there is none."""

    text: str
    top: Spot | None
    repos: Spot | None


def inserted(text: str, wanted: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the text with the hooks that it lacks, and these. Raises `RefusedError` where no place is safe."""
    written = _written(text)
    there = {found.value for repo in _items(written.repos) for hook in _hooks(repo) if (found := hook.get("id"))}
    missing = tuple(hook for hook in wanted if hook not in there)
    if not missing:
        return text, ()
    entry = _entry(written.repos)
    listed = entry.get("hooks") if entry else None
    after = _with_hooks(text, listed, missing) if listed else _with_entry(written, missing)
    if _meaning(after) != _expected(written, entry, missing):
        _refuse("is laid out in a way that leaves no safe place for an entry")
    return after, missing


def _written(text: str) -> _Written:
    try:
        found = documents(text)
    except ValueError as error:
        _refuse(f"is not YAML ({error})")
    top = found[0] if found and found[0].value != "" else None
    if len(found) > 1 or (top and not top.mapping):
        _refuse("is not one mapping (`pre-commit migrate-config` makes one of a list)")
    return _Written(text, top, top.get(_REPOS) if top else None)


def _items(sequence: Spot | None) -> tuple[Spot, ...]:
    return sequence.items if sequence else ()


def _hooks(repo: Spot) -> tuple[Spot, ...]:
    return _items(repo.get("hooks"))


def _entry(repos: Spot | None) -> Spot | None:
    """Return the last entry of our repository that has hooks."""
    home = project.url().lower()
    ours = (repo for repo in _items(repos) if (named := repo.get("repo")) and _address(named) == home)
    return next((repo for repo in reversed(tuple(ours)) if _hooks(repo)), None)


def _address(named: Spot) -> str:
    return (named.value or "").lower().rstrip("/").removesuffix(".git")


def _with_hooks(text: str, sequence: Spot, hooks: Sequence[str]) -> str:
    """Return the text with hooks appended to those of an entry; backwards, as each goes right after what was there."""
    for hook in reversed(hooks):
        text = yaml_insert.appended(text, sequence, {"id": hook}, partial(_hook_lines, hook))
    return text


def _with_entry(written: _Written, hooks: Sequence[str]) -> str:
    """Return the text with an entry of our repository."""
    text, top, repos = written
    indented = not (top and top.flow)
    if repos is None and indented:
        at = yaml_insert.next_line(text, top.end) if top else len(text)
        return yaml_insert.with_lines(text, at, [f"{_REPOS}:", *_lines(hooks)])
    if repos and indented and text[repos.start : repos.end].split() in _EMPTY:
        kept = text[: repos.start].rstrip(" ")
        bare = kept + text[repos.end :]
        return yaml_insert.with_lines(bare, yaml_insert.next_line(bare, len(kept)), _lines(hooks))
    if repos is None or not repos.sequence:
        _refuse(f"has no list of {_REPOS}")
    inner = _inner_style(text, repos)
    item = {"repo": project.url(), "rev": project.TAG, "hooks": [{"id": hook} for hook in hooks]}
    return yaml_insert.appended(text, repos, item, lambda style: _lines(hooks, style, inner or style))


def _inner_style(text: str, repos: Spot) -> Style | None:
    """Return how the last entry lays its hooks out, relative to its keys; None where it has none in lines."""
    hooks = repos.items[-1].get("hooks") if repos.items else None
    if repos.flow or hooks is None or hooks.flow or not hooks.items:
        return None
    outer, inner = yaml_insert.style(text, repos), yaml_insert.style(text, hooks)
    return Style(inner.indent - outer.indent - 1 - outer.room, inner.room)


def _lines(hooks: Sequence[str], style: Style = _USUAL, inner: Style = _USUAL) -> list[str]:
    """Return an entry in lines; ``inner`` lays out its hooks, relative to its keys."""
    deep = " " * (style.indent + 1 + style.room)
    head = f"{' ' * style.indent}-{' ' * style.room}"
    entry = [f"{head}repo: {project.url()}", f"{deep}rev: {project.TAG}", f"{deep}hooks:"]
    return [*entry, *(deep + line for hook in hooks for line in _hook_lines(hook, inner))]


def _hook_lines(hook: str, style: Style) -> list[str]:
    return [f"{' ' * style.indent}-{' ' * style.room}id: {hook}"]


def _meaning(text: str) -> dict[str | None, object] | None:
    """Return what a configuration says, by its keys; None for what is none."""
    try:
        top = _written(text).top
    except RefusedError:
        return None
    return {key.value: meaning(value) for key, value in (top.pairs() if top else ())}


def _expected(before: _Written, entry: Spot | None, hooks: Sequence[str]) -> dict[str | None, object]:
    """Return what a configuration says with hooks added to an entry of its own, else in a new one."""
    added = [(("id", hook),) for hook in hooks]
    new = (("repo", project.url()), ("rev", project.TAG), ("hooks", added))
    repos = [_more(repo, added) if repo is entry else meaning(repo) for repo in _items(before.repos)]
    return {**(_meaning(before.text) or {}), _REPOS: repos if entry else [*repos, new]}


def _more(entry: Spot, added: Sequence[object]) -> object:
    """Return what an entry says with more hooks."""
    pairs = ((key.value, value) for key, value in entry.pairs())
    return tuple(
        (key, [*map(meaning, value.items), *added] if key == "hooks" else meaning(value)) for key, value in pairs
    )


def _refuse(why: str) -> NoReturn:
    message = f"{FILE} {why}: add a hook of {project.url()} yourself, or name other parts with --only"
    raise RefusedError(message)
