"""Differences rendered: one module a format, each with ``render(difference) -> str``. The folder is the registry."""
