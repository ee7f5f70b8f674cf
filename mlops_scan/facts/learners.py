"""Functions that code in languages without a reader of their own defines, where it may hold what learns and answers.

Most code in these languages holds nothing of the kind, and what it defines is asked for by nobody: only a file with
words of both is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Definition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.tokens import Token

_LEARN = (b"fit(", b"Fit(", b"train(", b"Train(", b"learn(", b"Learn(")
_ANSWER = (b"redict(", b"lassify(", b"lassifier", b"ecommend(", b"sSpam(", b"s_spam(")
_ROUNDS = b"pochs"  # which only what learns goes through
_SEND_BACK = (b"ackprop", b"ackProp", b"ack_prop")
_DECLARING = frozenset({"fn", "func", "fun", "def", "function"})
# between a head and its body: ``const override``, ``throws IOException``, ``: number``
_HEAD = 12
_LONGEST = 200
_NO_NAMES = frozenset({"if", "for", "foreach", "while", "switch", "catch", "function", "synchronized", "using", "lock"})
_USED = frozenset({"new", "return", "else", "throw", "await", "=", "(", ",", "&&", "||", "!", "case"})


def may_be(data: bytes) -> bool:
    """Tell whether a file has words of learning and of answering, or of sending an error back through a net."""
    learns = any(word in data for word in _LEARN) and (_ROUNDS in data or any(word in data for word in _ANSWER))
    return learns or any(word in data for word in _SEND_BACK)


def functions(found: list[Token], *, bodies: bool, qualified: bool = False) -> Iterator[Definition]:
    """Yield the functions that code defines, by a word before the name or, with ``bodies``, a body behind the head.

    ``qualified``: a body may follow ``Net.fit(…)`` too, where no call is followed by a block of its own.
    """
    for number, token in enumerate(found):
        if token.kind != "name" or _text(found, number + 1) not in {"(", "<"} or token.text in _NO_NAMES:
            continue
        asked = not qualified and _is_asked(found, number)
        if _declared(found, number) or (bodies and not asked and _has_body(found, number)):
            name = token.text.rpartition("::")[2]  # C++ names the class before its method
            yield Definition(token.line, name, "function", token.line, parameters=given(found, number + 1))


def given(found: list[Token], number: int) -> tuple[str, ...]:
    """Return the names in the brackets that open at a place: parameters and, where a language has them, their types."""
    depth, names = 0, []
    for token in found[number : number + _LONGEST]:
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0:
            break
        if token.kind == "name":
            names.append(token.text)
    return tuple(names)


def _text(found: list[Token], number: int) -> str:
    return found[number].text if 0 <= number < len(found) else ""


def _declared(found: list[Token], number: int) -> bool:
    """Tell whether ``fn`` or ``func`` stands before a name, or before the receiver of a method of Go."""
    if _text(found, number - 1) in _DECLARING:
        return True
    line = [token.text for token in found[max(number - _HEAD, 0) : number] if token.line == found[number].line]
    return line[-1:] == [")"] and line.count(")") == 1 and line[:1] == ["func"]


def _has_body(found: list[Token], number: int) -> bool:
    """Tell whether what is given to a name in brackets is followed by a block, and the name is not used there."""
    if _text(found, number - 1) in _USED or _text(found, number + 1) != "(":
        return False
    depth = 0
    for place in range(number + 1, min(number + _LONGEST, len(found))):
        depth += (found[place].text == "(") - (found[place].text == ")")
        if depth == 0:
            return _opens(found, place + 1)
    return False


def _is_asked(found: list[Token], number: int) -> bool:
    """Tell whether a name is asked of an object; behind ``Net<T>::`` it is defined."""
    return _text(found, number - 1) in {".", "?."} and _text(found, number - 2) != ">"


def _opens(found: list[Token], number: int) -> bool:
    """Tell whether a block begins before a statement ends, or anything is called."""
    line = found[number - 1].line  # where no semicolon ends a call, its line does: what opens below is another block
    near = [token.text for token in found[number : number + _HEAD] if token.line == line or token.text == "{"]
    ends = next((place for place, text in enumerate(near) if text in {"{", "}", ";", ")", "=", "(", "."}), len(near))
    return near[ends : ends + 1] == ["{"]
