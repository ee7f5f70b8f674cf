"""The folder of a template that becomes the root of what it generates."""

from __future__ import annotations

# what a new project begins with, as cookiecutter, copier and project services lay it
SEEDS = frozenset({"project_template", "seed-code", "seed_code", "seedcode", "skeleton", "template"})


def root(path: str) -> str:
    """Return the folder of a template that a path lies in, seen from the repository's root; empty outside one."""
    parts = path.split("/")[:-1]
    for number, part in enumerate(parts, 1):
        if "{{" in part and "}}" in part:
            return "/".join(parts[:number])
    return parts[0] if parts and parts[0].lower() in SEEDS else ""
