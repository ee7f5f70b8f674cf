from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlops_scan.facts.kinds import Call, Command, Image, Import, Link, Resource, Setting, Trigger, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

DOCKERFILE = """\
ARG VERSION=3.12
FROM python:${VERSION}-slim AS base
# comment
RUN --mount=type=cache,target=/root pip install \\
    -r requirements.txt && \\
    pip install mlflow
FROM base
COPY . /app
HEALTHCHECK CMD curl -f http://localhost/health
ENTRYPOINT ["python", "-m"]
CMD ["churn.train", \\
     "--fast"]
"""


def test_an_image_that_starts_nothing_runs_what_its_variable_names(stated: Callable[..., list[Any]]) -> None:
    lines = "FROM python:3.12\nENV A=1 SAGEMAKER_PROGRAM=train.py\n"
    assert stated("Dockerfile", lines, Command, "line", "run", "unit") == [(2, "python train.py", "")]
    started = stated("Dockerfile", f"{lines}CMD python serve.py\n", Command, "run")
    assert started == [("python serve.py",)]
    assert stated("Dockerfile", f"{lines}FROM python:3.12\n", Command, "run") == []


def test_a_dockerfile_builds_from_images_and_starts_the_last_stage(stated: Callable[..., list[Any]]) -> None:
    assert stated("Dockerfile", DOCKERFILE, Image, "line", "name", "unit") == [(2, "python:3.12-slim", "build")]
    assert stated("Dockerfile", DOCKERFILE, Command, "line", "run", "unit") == [
        (4, "pip install -r requirements.txt", "build"),
        (4, "pip install mlflow", "build"),
        (10, "python -m churn.train --fast", ""),
    ]
    assert (9, "HEALTHCHECK") in stated("Dockerfile", DOCKERFILE, Setting, "line", "key")


def test_a_text_without_from_is_no_dockerfile(stated: Callable[..., list[Any]]) -> None:
    assert stated("Dockerfile.txt", "RUN pytest", Command) == []


COMPOSE = """\
services:
  api:
    build:
      context: ./api
      dockerfile: Serve.Dockerfile
    command: ["uvicorn", "main:app"]
    depends_on: [db]
  db:
    image: postgres:16
"""


def test_compose_services_link_to_their_dockerfile(stated: Callable[..., list[Any]]) -> None:
    assert stated("deploy/compose.yml", COMPOSE, Unit, "line", "name", "kind") == [
        (2, "api", "service"),
        (8, "db", "service"),
    ]
    assert stated("deploy/compose.yml", COMPOSE, Link, "kind", "target", "unit") == [
        ("file", "deploy/api/Serve.Dockerfile", "api"),
        ("after", "db", "api"),
        ("image", "postgres:16", "db"),
    ]
    assert stated("deploy/compose.yml", COMPOSE, Command, "run", "directory") == [("uvicorn main:app", "deploy")]


INLINE = """\
services:
  api:
    image: churn
    command: >
      python -c "
      from churn.service import make;
      make().run(port=8080)
      "
  note:
    image: churn
    command: echo "from churn.service import make"
"""


def test_code_that_a_container_is_handed_is_read(stated: Callable[..., list[Any]]) -> None:
    assert stated("compose.yml", INLINE, Import, "name", "unit") == [("churn.service.make", "api")]
    started = 'FROM churn\nCMD ["python", "-c", "from churn import fit; fit()"]\n'
    assert stated("Dockerfile", started, Call, "line", "name") == [(2, "churn.fit")]


CRONJOB = """\
apiVersion: batch/v1
kind: CronJob
metadata:
  name: retrain
spec:
  schedule: "0 3 * * 1"
  suspend: {suspend}
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: train
              image: churn:3
              command: ["python", "-m"]
              args: ["churn.train"]
"""


def test_a_cronjob_is_scheduled_unless_suspended(stated: Callable[..., list[Any]]) -> None:
    text = CRONJOB.format(suspend="false")
    assert stated("k8s/a.yaml", text, Trigger, "line", "event", "detail", "unit") == [
        (6, "schedule", "0 3 * * 1", "retrain")
    ]
    assert stated("k8s/a.yaml", text, Command, "line", "run") == [(15, "python -m churn.train")]
    assert stated("k8s/a.yaml", text, Unit, "off") == [("",)]
    assert stated("k8s/a.yaml", CRONJOB.format(suspend="true"), Unit, "off") == [("suspended",)]


def test_resources_keep_their_settings_with_lines(stated: Callable[..., list[Any]]) -> None:
    (resource,) = stated("k8s/a.yaml", CRONJOB.format(suspend="false"), Resource)
    assert (resource.api_version, resource.kind, resource.name) == ("batch/v1", "CronJob", "retrain")
    assert Setting(line=6, key="spec.schedule", value="0 3 * * 1") in resource.settings


def test_a_list_holds_resources_and_several_documents_are_read(stated: Callable[..., list[Any]]) -> None:
    text = (
        "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Service\n---\napiVersion: v1\nkind: Secret\n"
    )
    assert stated("k8s/a.yaml", text, Resource, "line", "kind") == [(4, "Service"), (7, "Secret")]


def test_cloudformation_and_its_tags(stated: Callable[..., list[Any]]) -> None:
    text = "Resources:\n  Model:\n    Type: AWS::SageMaker::Model\n    Properties:\n      Role: !Ref Role\n      Name: !Sub '${A}'\n"
    (resource,) = stated("template.yaml", text, Resource)
    assert (resource.line, resource.kind, resource.name) == (3, "AWS::SageMaker::Model", "Model")
    assert [setting.value for setting in resource.settings] == ["Role", "${A}"]


def test_terraform_blocks_become_dotted_settings(stated: Callable[..., list[Any]]) -> None:
    text = 'resource "aws_x" "y" {\n  a = "1"\n  b {\n    c = true\n  }\n}\nmodule "m" {\n  source = "./m"\n}\n# resource "no" "no" {}\n'
    found = stated("main.tf", text, Resource)
    assert [(r.line, r.kind, r.name) for r in found] == [(1, "aws_x", "y"), (7, "module", "m")]
    assert [(s.line, s.key, s.value) for s in found[0].settings] == [(2, "a", "1"), (4, "b.c", "true")]


def test_code_that_a_compose_service_is_handed_is_read(stated: Callable[..., list[Any]]) -> None:
    text = 'services:\n  api:\n    command: python -c "from churn.api import make; make().run()"\n'
    assert stated("compose.yml", text, Call, "line", "name", "unit")[-1:] == [(3, "churn.api.make", "api")]
    written = 'services:\n  api:\n    command: echo "from churn.api import make; make().run()"\n'
    assert stated("compose.yml", written, Call) == []
