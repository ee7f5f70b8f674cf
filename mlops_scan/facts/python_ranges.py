"""Ranges: comparisons with constants on either side say which values are possible, and compare nothing."""

from __future__ import annotations

import ast

from mlops_scan.facts.python_tree import LEAVES, find

ORDERING = (ast.Lt, ast.Gt, ast.LtE, ast.GtE)


def may_compare(test: ast.expr) -> bool:
    """Tell whether an expression may hold a comparison that is no range."""
    return test.__class__ not in LEAVES and not _is_outside(test)


def is_range(node: ast.Compare) -> bool:
    """Tell whether one value is held between two constants: ``0 < share < 1``."""
    return len(node.ops) > 1 and _is_number(node.left) and _is_number(node.comparators[-1])


def is_alone(test: ast.expr) -> bool:
    """Tell whether all that an expression compares by order is held against constants: ``limit < 1``."""
    compared = [node for node in find(test, ast.Compare) if isinstance(node, ast.Compare)]
    return bool(compared) and all(_is_number(node.comparators[-1]) or _is_number(node.left) for node in compared)


def _is_outside(test: ast.expr) -> bool:
    """Tell whether one value is held against two constants, on either side: ``share < 0 or share > 1``."""
    if not isinstance(test, ast.BoolOp):
        return False
    sides = [side for side in test.values if isinstance(side, ast.Compare) and _is_number(side.comparators[-1])]
    below = {isinstance(side.ops[0], (ast.Lt, ast.LtE)) for side in sides if isinstance(side.ops[0], ORDERING)}
    return len(sides) == len(test.values) and below == {True, False} and len({ast.dump(s.left) for s in sides}) == 1


def _is_number(node: ast.expr) -> bool:
    return isinstance(node.operand if isinstance(node, ast.UnaryOp) else node, ast.Constant)
