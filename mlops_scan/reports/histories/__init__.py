"""Histories: one module a format, each with ``render(history) -> str``. The folder is the registry."""
