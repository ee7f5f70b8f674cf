"""Traces rendered: one module a format, each with ``render(trace) -> str``. The folder is the registry."""
