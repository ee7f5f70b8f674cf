"""Python's own functions that only look at what they are given: a call of one runs nothing and proves nothing.

Source: https://docs.python.org/3/library/functions.html
"""

from __future__ import annotations

import builtins

_KINDS = ("bool", "bytes", "complex", "float", "frozenset", "int", "set", "slice", "str")
_NUMBERS = ("abs", "chr", "divmod", "len", "ord", "pow", "range", "round", "sum")
_QUESTIONS = ("all", "any", "callable", "hasattr", "hash", "id", "isinstance", "issubclass", "repr", "super")
_ROWS = ("enumerate", "reversed", "zip")
_ERRORS = (name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException))

# what ends the program, whatever it is given
_ENDING = frozenset({"SystemExit"})

LOOKING = frozenset((*_KINDS, *_NUMBERS, *_QUESTIONS, *_ROWS, *_ERRORS)) - _ENDING
