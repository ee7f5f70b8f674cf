"""Mutations of files: bytes of real examples, cut, doubled, spliced, and mixed with what parsers stumble over."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    Mutation = Callable[[random.Random, bytes, Sequence[bytes]], bytes]

MOST = 8_192
# now and then an input grows so far: what is quadratic shows itself; larger files are read in a worker anyway
LARGE = 32_768
_OFTEN = 40

TOKENS = (
    *(
        b"\0",
        b"\xff",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\xe2\x80\xae",
        b"\r",
        b"\r\n",
        b"\x1b[31m",
        b"\x85",
    ),
    *(
        b"(",
        b")",
        b"[",
        b"]",
        b"{",
        b"}",
        b"{{",
        b"}}",
        b"{%",
        b"%}",
        b"<<",
        b"<<EOF\n",
        b"\\\n",
        b"\\",
        b"$(",
        b"${",
        b"`",
    ),
    *(
        b"'",
        b'"',
        b'"""',
        b"'''",
        b"#",
        b"//",
        b"/*",
        b"*/",
        b"&a ",
        b"*a ",
        b"<<: *a\n",
        b"!!python/object ",
        b"- ",
        b"? ",
    ),
    *(
        b": ",
        b"=",
        b"|",
        b">",
        b"|| true",
        b" && ",
        b";",
        b"lambda: ",
        b"not ",
        b"a.",
        b"a[",
        b"a(",
        b"f'{",
        b"-",
        b"~",
        b"@",
    ),
    *(
        b"# coding: punycode\n",
        b"# coding: utf-7\n",
        b"if ",
        b"else",
        b"for ",
        b"def f():\n ",
        b"class A:\n ",
        b"\t",
        b"    ",
    ),
    *(
        b"0x",
        b"9" * 400,
        b"1e999",
        b"\\u0000",
        b"\\ud800",
        b"null",
        b"true",
        b"on:",
        b"include:",
        b"FROM ",
        b"RUN ",
        b"ONBUILD ",
    ),
    *(
        b"%run ",
        b"%%bash\n",
        b"!",
        b"needs: ",
        b"extends: ",
        b"*a*a*a*a",
        b"../../",
        b"::error::",
        b"\n---\n",
        b"\n...\n",
    ),
)


def _cut(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start, end = sorted((rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)))
    return data[:start] + data[end:]


def _double(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start = rng.randrange(len(data) + 1)
    part = data[start : start + rng.randrange(1, 60)]
    return data[:start] + part * rng.choice((2, 3, 8, 30)) + data[start:]


def _insert(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    start = rng.randrange(len(data) + 1)
    return data[:start] + rng.choice(TOKENS) * rng.choice((1, 1, 1, 2, 5, 120)) + data[start:]


def _flip(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    if not data:
        return rng.choice(TOKENS)
    start = rng.randrange(len(data))
    return data[:start] + bytes((rng.randrange(256),)) + data[start + 1 :]


def _splice(rng: random.Random, data: bytes, seeds: Sequence[bytes]) -> bytes:
    other = rng.choice(seeds)
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def _lines(rng: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    lines = data.split(b"\n")
    rng.shuffle(lines)
    return b"\n".join(lines)


_MUTATIONS: tuple[Mutation, ...] = (_cut, _double, _insert, _insert, _flip, _flip, _splice, _lines)


def mutated(rng: random.Random, seeds: Sequence[bytes]) -> bytes:
    """Return a seed after one to six mutations; rarely one that is a few bytes over and over."""
    data = rng.choice(seeds)
    for _ in range(rng.randrange(1, 7)):
        data = rng.choice(_MUTATIONS)(rng, data, seeds)[:MOST]
    return data if rng.randrange(_OFTEN * 20) else _amplified(rng, data)


def _amplified(rng: random.Random, data: bytes) -> bytes:
    start = rng.randrange(len(data) + 1)
    part = data[start : start + rng.randrange(1, 40)] if rng.randrange(2) else rng.choice(TOKENS)
    return (data[:start] + part * (LARGE // max(len(part), 1)))[:LARGE]
