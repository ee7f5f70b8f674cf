from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Command, Link, Trigger, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Callable


def test_travis_runs_the_tests_of_a_language_where_no_script_is_written(stated: Callable[..., list[Any]]) -> None:
    assert stated(".travis.yml", "os: linux\nlanguage: r\n", Command, "line", "run") == [
        (2, "R CMD build ."),
        (2, "R CMD check *tar.gz"),
    ]
    assert stated(".travis.yml", "language: r\n", Trigger, "event") == [("push",)]
    assert stated(".travis.yml", "language: r\nscript: make\n", Command, "run") == [("make",)]
    assert stated(".travis.yml", "language: java\n", Command, "run") == [("mvn test -B",)]
    assert stated(".travis.yml", "language: python\n", Command, "run") == []
    assert stated(".travis.yml", "language: r\njobs:\n  include:\n    - script: make\n", Command, "run") == [("make",)]
    assert stated(".travis.yml", "language: R\n", Command, "run") == [("R CMD build .",), ("R CMD check *tar.gz",)]
    documented = (
        "language: go\ngo: [1.21, 1.22]\njobs:\n  include:\n    - script: make docs\n"  # beside a matrix of versions
    )
    runs = [("go test -v ./...", "build"), ("make docs", "job 1")]
    assert stated(".travis.yml", documented, Command, "run", "unit") == runs


def test_travis_runs_the_tests_of_a_language_in_each_job_without_a_script(stated: Callable[..., list[Any]]) -> None:
    jobs = "matrix:\n  include:\n    - r: release\n    - language: go\n    - script: make\n"
    assert stated(".travis.yml", f"language: r\n{jobs}", Command, "line", "run", "unit") == [
        (4, "R CMD build .", "job 1"),
        (4, "R CMD check *tar.gz", "job 1"),
        (5, "go test -v ./...", "job 2"),
        (6, "make", "job 3"),
    ]
    assert stated(".travis.yml", f"language: python\n{jobs}", Command, "unit") == [("job 2",), ("job 3",)]
    assert stated(".travis.yml", f"language: r\nscript: tox\n{jobs}", Command, "run") == [("tox",), ("make",)]


def test_travis_and_bitbucket(stated: Callable[..., list[Any]]) -> None:
    assert stated(".travis.yml", "script:\n  - pytest\n", Command, "line", "run") == [(2, "pytest")]
    text = "pipelines:\n  default:\n    - step:\n        script: [pytest]\n  custom:\n    train:\n      - step:\n          script: [make train]\n"
    assert stated("bitbucket-pipelines.yml", text, Trigger, "event", "unit") == [
        ("push", "default"),
        ("manual", "custom train"),
    ]
    assert stated("bitbucket-pipelines.yml", text, Command, "run", "unit") == [
        ("pytest", "default"),
        ("make train", "custom train"),
    ]


def test_jenkinsfiles_have_stages(stated: Callable[..., list[Any]]) -> None:
    text = """pipeline {
  triggers { cron('H 3 * * 1') }
  stages {
    stage('Test') { steps {
      // sh 'never'
      sh 'pytest -q'
    } }
    stage('Deploy') { input { message 'ok?' } steps { sh "kubectl apply -f k8s" } }
  }
}
"""
    assert stated("Jenkinsfile", text, Command, "line", "run", "unit") == [
        (6, "pytest -q", "Test"),
        (8, "kubectl apply -f k8s", "Deploy"),
    ]
    assert stated("Jenkinsfile", text, Unit, "name", "off") == [("", ""), ("Test", ""), ("Deploy", "input")]
    assert ("schedule", "H 3 * * 1") in stated("Jenkinsfile", text, Trigger, "event", "detail")


def test_jenkins_libraries_declare_steps_and_groovy_files_pipelines(stated: Callable[..., list[Any]]) -> None:
    step = 'def call(String name) {\n  sh "make ${name}"\n}\n'
    assert stated("ci/vars/fit.groovy", step, Unit, "name", "kind", "alias") == [("", "step", "jenkins:fit")]
    assert stated("ci/vars/fit.groovy", step, Command, "line", "run", "unit") == [(2, "make ${name}", "")]
    assert stated("ci/vars/fit.groovy", step, Trigger) == []
    staged = "def call() {\n  pipeline { stages { stage('Fit') { steps { sh 'make' } } } }\n}\n"
    assert stated("vars/all.groovy", staged, Link, "kind", "target", "unit") == [("unit", "Fit", "")]
    pipeline = "pipeline {\n  triggers { cron('@daily') }\n  stages { stage('Fit') { steps { sh 'make' } } }\n}\n"
    assert stated("ci/nightly.groovy", pipeline, Trigger, "event") == [("manual",), ("schedule",)]
    assert stated("src/Main.groovy", "def pipeline = 1\nsh 'make'\n", Command) == []


def test_jenkins_steps_of_plugins_know_what_made_the_object(stated: Callable[..., list[Any]]) -> None:
    text = """node {
  stage('Build') { def app = docker.build name
    other = docker.build("b", "."); docker.image('c').push() }
  stage('Push') { docker.withRegistry('https://r', 'login') { app.push("latest") } }
  stage('Deploy') { kubernetesDeploy configs: 'k8s.yaml' }
}
"""
    assert [
        found for found in stated("Jenkinsfile", text, Uses, "line", "name", "unit") if "stage" not in found[1]
    ] == [
        (2, "jenkins:docker.build", "Build"),
        (3, "jenkins:docker.build", "Build"),
        (3, "jenkins:docker.image", "Build"),
        (3, "jenkins:docker.image.push", "Build"),
        (4, "jenkins:docker.withRegistry", "Push"),
        (4, "jenkins:docker.build.push", "Push"),
        (5, "jenkins:kubernetesDeploy", "Deploy"),
    ]


def test_jenkins_stages_know_what_a_build_must_be_caused_by(stated: Callable[..., list[Any]]) -> None:
    text = """node {
  properties([pipelineTriggers([cron('@weekly'), upstream(upstreamProjects: 'ingest')])])
  stage('A') { dir('ml') { sh label: 'a step', script: 'make data' }; sh "make all" }
  stage('B') { when { triggeredBy 'UserIdCause' }; sh 'make train' }
  stage('C') { when { not { buildingTag() } }; sh 'make c' }
}
"""
    assert stated("ml/Jenkinsfile", text, Trigger, "event", "detail") == [
        ("push", ""),
        ("manual", ""),
        ("schedule", "@weekly"),
        ("upstream", "ingest"),
    ]
    assert stated("ml/Jenkinsfile", text, Command, "run", "directory") == [
        ("make data", "ml"),
        ("make all", ""),
        ("make train", ""),
        ("make c", ""),
    ]
    assert stated("ml/Jenkinsfile", text, Unit, "name", "alias", "off", "only") == [
        ("", "ml", "", ()),
        ("A", "", "", ()),
        ("B", "", "when: triggeredBy", ("manual",)),
        ("C", "", "", ()),
    ]


@pytest.mark.parametrize(
    ("condition", "events"),
    [
        ("", ["push"]),
        ("if: type = cron", ["schedule"]),
        ("if: type IN (push, pull_request) AND branch = main", ["push", "pull-request"]),
        ("if: type = api", []),
        ("if: branch = main", ["push"]),
    ],
)
def test_travis_conditions(stated: Callable[..., list[Any]], condition: str, events: list[str]) -> None:
    text = f"jobs:\n  include:\n    - stage: train\n      script: make train\n      {condition}\n"
    assert [event for (event,) in stated(".travis.yml", text, Trigger, "event")] == events
