from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlops_scan import facts
from mlops_scan.facts import helm_templates
from mlops_scan.facts.kinds import Conditional, Image, Resource, Setting

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = "charts/churn/templates/api.yaml"
TEMPLATE = """\
{{- /* the api,
       in two lines */ -}}
{{- if .Values.api.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-api
  labels: {{- include "churn.labels" . | nindent 4 }}
    tier: api
spec:
  replicas: {{ .Values.replicas | default "2" }}
  template:
    spec:
      containers:
        - image: "{{ .Values.image.name }}:{{ .Values.image.tag }}"
          {{- with .Values.resources }}
          resources:
            {{- toYaml . | nindent 12 }}
          {{- else }}
          resources: {}
          {{- end }}
          args: ["{{ "{{" }}item}}", {{ .Values.mode | quote }}]
{{- end }}
"""


def test_a_template_is_read_with_its_actions_in_place(stated: Callable[..., list[Any]]) -> None:
    settings = dict(stated(PATH, TEMPLATE, Setting, "line", "value"))
    assert settings[7] == "{{ .Release.Name }}-api"
    assert settings[9] == "api"
    assert settings[11] == '{{ .Values.replicas | default "2" }}'
    assert settings[22] == "{{ .Values.mode | quote }}"
    assert stated(PATH, TEMPLATE, Resource, "line", "kind", "name") == [(4, "Deployment", "{{ .Release.Name }}-api")]
    assert stated(PATH, TEMPLATE, Image, "line", "name") == [(15, "{{ .Values.image.name }}:{{ .Values.image.tag }}")]
    assert not facts.read(PATH, TEMPLATE.encode()).diagnostics


def test_what_stands_under_a_condition_is_told(stated: Callable[..., list[Any]]) -> None:
    assert stated(PATH, TEMPLATE, Conditional, "line", "end", "condition") == [
        (16, 19, ".Values.resources"),
        (19, 21, "not (.Values.resources)"),
        (3, 23, ".Values.api.enabled"),
    ]


def test_braces_of_others_are_left_alone() -> None:
    assert not helm_templates.is_template("templates/steps.yml", "- ${{ if eq(parameters.x, 'y') }}:\n")
    assert not helm_templates.is_template("argo/templates/train.yaml", 'args: ["{{inputs.parameters.x}}"]\n')
    assert not helm_templates.is_template("charts/churn/values.yaml", "name: '{{ .Values.x }}'\n")


def test_what_is_not_closed_ends_with_the_file() -> None:
    for text in ("a: {{ .Values.x", 'a: {{ "b', "a: {{/* c", "{{- end }}\nb: {{ .Values.y }}"):
        assert helm_templates.render(text).text.count("\n") == text.count("\n")
