from __future__ import annotations

import pytest

from mlops_scan import chart_values, facts
from mlops_scan.evidence import FileFacts
from mlops_scan.facts.kinds import Resource

SCALER = """\
{{- if .Values.autoscaling.enabled }}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ .Release.Name }}
{{- end }}
"""
CHART = "name: churn\n"
VALUES = "autoscaling:\n  enabled: false\n"


def _kinds(**texts: str) -> list[str]:
    paths = {name.replace("__", "/").replace("_", "."): text for name, text in texts.items()}
    files = tuple(FileFacts(path, "product", facts.read(path, text.encode()).facts) for path, text in paths.items())
    return [fact.kind for file in chart_values.as_released(files) for fact in file.of(Resource)]


def test_what_the_values_switch_off_is_not_there() -> None:
    assert _kinds(c__Chart_yaml=CHART, c__values_yaml=VALUES, c__templates__hpa_yaml=SCALER) == []
    on = "autoscaling:\n  enabled: true\n"
    assert _kinds(c__Chart_yaml=CHART, c__values_yaml=on, c__templates__hpa_yaml=SCALER) == ["HorizontalPodAutoscaler"]


def test_values_of_one_environment_switch_it_on() -> None:
    texts = {"c__Chart_yaml": CHART, "c__values_yaml": VALUES, "c__templates__hpa_yaml": SCALER}
    on = "autoscaling:\n  enabled: true\n"
    assert _kinds(**texts, c__values_prod_yaml=on) == ["HorizontalPodAutoscaler"]
    assert _kinds(**texts, live__values_yaml=on) == ["HorizontalPodAutoscaler"]


def test_without_values_nothing_is_decided() -> None:
    assert _kinds(c__Chart_yaml=CHART, c__templates__hpa_yaml=SCALER) == ["HorizontalPodAutoscaler"]
    assert _kinds(c__templates__hpa_yaml=SCALER) == ["HorizontalPodAutoscaler"]


def test_a_chart_that_others_publish_is_left_out() -> None:
    chart = CHART + "icon: https://example.org/icon.png\nsources: [https://example.org/chart]\n"
    assert _kinds(c__Chart_yaml=chart, c__templates__hpa_yaml=SCALER) == []


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (".Values.on", True),
        ("$.Values.off", False),
        (".Values.group", True),
        (".Values.missing", False),
        ("not .Values.off", True),
        ("not (.Values.on)", False),
        ("and .Values.on .Values.off", False),
        ('and .Values.on (include "x" .)', None),
        ("or .Values.off .Values.on", True),
        ("or .Values.off .Values.missing", False),
        ('eq .Values.mode "canary"', True),
        ('eq .Values.mode "rolling"', False),
        ("eq .Values.mode", None),
        ("not", None),
        (".Values.global.on", None),
        ('semverCompare "<1.23-0" .Capabilities.KubeVersion', None),
        ("", None),
        ("(" * 500, None),
    ],
)
def test_a_condition_holds_by_the_values(condition: str, expected: bool | None) -> None:
    values = {"on": "true", "off": "false", "group.part": "1", "mode": "canary"}
    assert chart_values.holds(condition, values) is expected
