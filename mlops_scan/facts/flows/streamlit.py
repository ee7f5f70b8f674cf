"""Streamlit: a script whose widgets ask somebody for something is a page, which runs for each that looks at it.

Source of the format: https://docs.streamlit.io/develop/api-reference/widgets
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.flows.stated import Stated

_WIDGETS = frozenset(
    {"button", "camera_input", "chat_input", "data_editor", "file_uploader", "form_submit_button", "number_input"}
    | {"radio", "select_slider", "selectbox", "slider", "text_area", "text_input"}
)


def facts(stated: Stated) -> Iterator[Unit]:
    """Yield the code around widgets as a page, once for each function."""
    pages: dict[str, int] = {}
    for call in stated.calls if "streamlit" in stated.imports else ():
        if call.name.startswith("streamlit.") and call.name.rpartition(".")[2] in _WIDGETS:
            pages.setdefault(call.unit, call.line)
    yield from (Unit(line=line, name=unit, kind="page") for unit, line in pages.items())
