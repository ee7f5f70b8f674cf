"""How packages name and describe themselves."""

from __future__ import annotations

import pytest

from mlops_scan import facts
from mlops_scan.facts.kinds import Setting

POM = """\
<?xml version="1.0"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent><artifactId>above</artifactId></parent>
  <artifactId>shelf</artifactId>
  <!-- <description>Not this</description> -->
  <description>Holds <![CDATA[x]]> books</description>
</project>
"""
NET = "<Project>\n<PropertyGroup>\n<Description>Holds books</Description>\n</PropertyGroup>\n</Project>\n"
GEM = "Gem::Specification.new do |s|\n  s.name = 'shelf'\n  s.summary = \"Holds books\"\nend\n"
CMAKE = 'cmake_minimum_required(VERSION 3.16)\nproject(shelf VERSION 1.0 DESCRIPTION "Holds books")\nproject(other)\n'
ENTITY = '<!DOCTYPE a [<!ENTITY b "c">]>\n<project><artifactId>&b;</artifactId></project>\n'
SHELF = ("name", "shelf")
BOOKS = ("description", "Holds books")


def stated(path: str, text: str) -> list[tuple[str, str]]:
    found = (fact for fact in facts.read(path, text.encode()).facts if isinstance(fact, Setting))
    return [(fact.key.removeprefix("package."), fact.value) for fact in found if fact.key.startswith("package.")]


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("go.mod", "// shelf\nmodule example.com/acme/shelf/v2 // books\n\ngo 1.22\n", [SHELF]),
        ("go.mod", 'module "shelf"\n', [SHELF]),
        ("src/Shelf.csproj", NET, [BOOKS, ("name", "Shelf")]),
        (
            "a.nuspec",
            "<package><metadata><id>shelf</id><tags>books</tags></metadata></package>",
            [SHELF, ("keywords", "books")],
        ),
        ("build.sbt", 'lazy val a = 1\nname := "shelf"\nversion := "1"\n', [SHELF]),
        ("build.gradle", "group = 'acme'\ndescription = 'Holds books'\n", [BOOKS]),
        ("build.gradle.kts", 'description = "Holds books"\n', [BOOKS]),
        ("settings.gradle.kts", 'rootProject.name = "shelf"\n', [SHELF]),
        ("shelf.gemspec", GEM, [SHELF, BOOKS]),
        ("shelf.opam", 'opam-version: "2.0"\nsynopsis: "Holds books"\n', [SHELF, BOOKS]),
        ("CMakeLists.txt", CMAKE, [SHELF, BOOKS]),
        ("CMakeLists.txt", "PROJECT(\n  shelf  # books\n  LANGUAGES CXX)\n", [SHELF]),
    ],
)
def test_packages_name_and_describe_themselves(path: str, text: str, said: list[tuple[str, str]]) -> None:
    assert stated(path, text) == said


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("go.mod", "require example.com/acme/shelf v1.0.0\n"),
        (
            "src/Shelf.csproj",
            "<Project><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>",
        ),
        ("pom.xml", ENTITY),
        ("build.sbt", '// name := "shelf"\nval name = other\n'),
        ("CMakeLists.txt", "project('shelf)\n"),
        ("CMakeLists.txt", "# project(shelf)\nadd_subdirectory(shelf)\n"),
    ],
)
def test_what_names_no_package_states_nothing(path: str, text: str) -> None:
    assert stated(path, text) == []


def test_a_module_of_maven_is_named_by_itself_and_not_by_what_it_is_under() -> None:
    assert stated("pom.xml", POM.replace("<![CDATA[x]]> ", "")) == [SHELF, BOOKS]
