"""Infer the MLOps maturity level of a repository from proof in its files."""

__version__ = "0.1.0"
