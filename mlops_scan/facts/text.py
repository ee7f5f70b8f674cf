"""Bytes to text, as written by editors and shells of any platform."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def whole(text: str) -> str:
    """Return text without lone surrogates, which escapes of a language can make and no encoding can write."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def decode(data: bytes) -> str:
    r"""Return the text of a file: its byte order mark decides, else UTF-8 with replacement characters.

    Line ends become ``\n``, so that line numbers agree with what editors show.
    """
    encoding = "utf-8"
    for mark, name in _MARKS:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], name
            break
    return data.decode(encoding, errors="replace").replace("\r\n", "\n").replace("\r", "\n")
