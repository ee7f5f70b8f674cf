from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlops_scan.facts.kinds import Dependency, Setting

if TYPE_CHECKING:
    from collections.abc import Callable

PLUGINS = """\
// addSbtPlugin("org.wartremover" % "sbt-wartremover" % "3.1.6")
addSbtPlugin("org.scalameta" % "sbt-scalafmt" % "2.4.2")
"""
BUILD = """\
ThisBuild / scalafmtOnCompile := true
libraryDependencies ++= Seq(
  "dev.zio" %% "zio-test" % zioVersion % "test",
  "org.apache.spark" %% "spark-mllib" % "3.5.0" % "provided"
)
val share = total % 100
"""
GEMS = """\
source 'https://rubygems.org'
gem 'rumale', '~> 1.0'
group :development do
  gem("rubocop", require: false)
  # gem 'standard'
end
"""


def test_modules_and_plugins_of_sbt(stated: Callable[..., list[Any]]) -> None:
    assert stated("project/plugins.sbt", PLUGINS, Dependency, "line", "name", "version", "pinned", "group") == [
        (2, "sbt-scalafmt", "2.4.2", False, "build")
    ]
    assert stated("build.sbt", BUILD, Dependency, "line", "name", "version") == [
        (3, "zio-test", ""),
        (4, "spark-mllib", "3.5.0"),
    ]


def test_settings_of_sbt(stated: Callable[..., list[Any]]) -> None:
    assert stated("build.sbt", BUILD, Setting, "line", "key", "value") == [
        (1, "scalafmtOnCompile", "true"),
        (2, "libraryDependencies", "Seq"),
    ]


def test_gems(stated: Callable[..., list[Any]]) -> None:
    assert stated("Gemfile", GEMS, Dependency, "line", "name") == [(2, "rumale"), (4, "rubocop")]
    spec = "Gem::Specification.new do |s|\n  s.add_development_dependency 'rubocop'\n  s.name = 'score'\nend\n"
    assert stated("score.gemspec", spec, Dependency, "name", "group") == [("rubocop", "dev")]


def test_an_empty_build_states_nothing(stated: Callable[..., list[Any]]) -> None:
    assert stated("build.sbt", "", Dependency, "name") == []
    assert stated("Gemfile", "gem", Dependency, "name") == []
