"""A badge as a picture: a self-contained SVG that says the same to the eye and to a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.reports.badge import face

if TYPE_CHECKING:
    from mlops_scan.assessment import Assessment

_PADDING = 10
# anybadge measures for a wider font than Verdana: one size smaller, and a little more room, come out as shields.io's
_MEASURED = {"font_size": 10, "num_padding_chars": 0.7}
# fills of anybadge stand in double braces; its own template has neither a title nor the length of its texts
_TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{{ badge width }}" height="20" role="img" \
aria-label="{{ label }}: {{ value }}">
  <title>{{ label }}: {{ value }}</title>
  <clipPath id="r"><rect width="{{ badge width }}" height="20" rx="3" fill="#fff"/></clipPath>
  <g clip-path="url(#r)">
    <rect width="{{ color split x }}" height="20" fill="#444"/>
    <rect x="{{ color split x }}" width="{{ value width }}" height="20" fill="{{ color }}"/>
  </g>
  <g fill="#fff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">
    <text x="{{ label anchor }}" y="14" textLength="{{ label length }}">{{ label }}</text>
    <text x="{{ value anchor }}" y="14" textLength="{{ value length }}">{{ value }}</text>
  </g>
</svg>
"""


def render(assessment: Assessment) -> str:
    """Return the SVG; the same assessment gives the same bytes."""
    from anybadge import Badge

    shown = face(assessment)
    badge = Badge(shown.label, shown.message, default_color=shown.colour, template=_TEMPLATE, **_MEASURED)
    lengths = {"{{ label length }}": badge.label_width, "{{ value length }}": badge.value_width}
    text = str(badge.badge_svg_text)
    for fill, width in lengths.items():
        text = text.replace(fill, str(width - _PADDING))
    return text
