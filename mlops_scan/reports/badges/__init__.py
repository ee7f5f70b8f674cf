"""Badges: one module a format, each with ``render(assessment) -> str``. The folder is the registry."""
