"""The report as one page for a browser: no request, no script needed, light and dark, on paper too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan import quotes
from mlops_scan.reports import page

if TYPE_CHECKING:
    from mlops_scan.assessment import Assessment
    from mlops_scan.quotes import Quote


def render(assessment: Assessment, quote: Quote = quotes.none) -> str:
    """Return the page; ``quote`` gives the lines that it shows."""
    return page.render(assessment, quote)
