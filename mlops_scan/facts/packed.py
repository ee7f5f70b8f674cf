"""Readings as bytes: as the processes that read send them, and as the cache keeps them."""

from __future__ import annotations

import msgspec
from msgspec.structs import force_setattr

from mlops_scan.facts import kinds
from mlops_scan.facts.kinds import Diagnostic, Reading

_AnyFact = (
    kinds.Import
    | kinds.Call
    | kinds.Decorator
    | kinds.Definition
    | kinds.Condition
    | kinds.Conditional
    | kinds.Choice
    | kinds.Outcome
    | kinds.Loop
    | kinds.Switch
    | kinds.Guarded
    | kinds.Test
    | kinds.Assertion
    | kinds.Command
    | kinds.Uses
    | kinds.Image
    | kinds.Copied
    | kinds.Setting
    | kinds.Variable
    | kinds.Resource
    | kinds.Dependency
    | kinds.Unit
    | kinds.Trigger
    | kinds.Link
)
_Packed = tuple[tuple[_AnyFact, ...], tuple[Diagnostic, ...]]
_decoder: msgspec.msgpack.Decoder[_Packed] = msgspec.msgpack.Decoder(_Packed)
# what the facts of one file say again and again
_REPEATED = ("name", "unit")


def pack(reading: Reading) -> bytes:
    """Return a reading as bytes; raises UnicodeEncodeError for text that no encoding can write."""
    return msgspec.msgpack.encode((reading.facts, reading.diagnostics))


def unpack(data: bytes) -> Reading:
    """Return the reading that was packed; facts that name the same share its text, which spares a sixth of memory."""
    reading = Reading(*_decoder.decode(data))
    texts: dict[str, str] = {}
    for fact in reading.facts:
        for field in _REPEATED:
            if text := getattr(fact, field, ""):
                force_setattr(fact, field, texts.setdefault(text, text))
    return reading
