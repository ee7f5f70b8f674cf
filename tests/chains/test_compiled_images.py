"""Containers that run what is compiled from the code beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mlops_scan.chains import Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.chains import Graph

JAVA = "import ai.onnxruntime.OrtSession;\nclass Score { void go(OrtSession s) { s.run(x); } }\n"
GO = 'package main\n\nimport tf "github.com/tensorflow/tensorflow/tensorflow/go"\n\nvar m = tf.LoadSavedModel(x)\n'
FILES = {
    "api/src/main/java/Score.java": JAVA,
    "api/src/test/java/Score.java": JAVA,
    "web/src/main/java/Other.java": JAVA,
    "go/main.go": GO,
}
API = {"api/src/main/java/Score.java"}
STAGE = "FROM maven AS build\nCOPY {} ./\nRUN mvn package\nFROM temurin\nCOPY --from=build /a/app.jar app.jar\n"
JAR = 'ENTRYPOINT ["java", "-jar", "app.jar"]\n'
BUILT = "FROM golang AS build\nCOPY . .\nRUN go build -o /score\nFROM scratch\nCOPY --from=build /score /score\n"


@pytest.mark.parametrize(
    ("path", "dockerfile", "held"),
    [
        ("api/Dockerfile", STAGE.format("src") + JAR, API),
        ("api/Dockerfile", STAGE.format(".") + JAR, API),
        ("api/Dockerfile", "FROM temurin\nCOPY target/*.jar app.jar\n" + JAR, API),
        ("Dockerfile", "FROM temurin\nCOPY api/target/app.jar app.jar\n" + JAR, API),
        ("api/docker/Dockerfile", STAGE.format(".") + JAR, API),
        ("go/Dockerfile", BUILT + 'CMD ["/score"]\n', {"go/main.go"}),
        ("api/Dockerfile", "FROM temurin\nRUN curl -O https://example.org/app.jar\n" + JAR, set()),
        ("api/Dockerfile", STAGE.format("pom.xml") + JAR, set()),
        ("api/Dockerfile", STAGE.format("src") + "CMD java -version\n", set()),
        ("api/Dockerfile", STAGE.format("src") + "CMD python app.py\n", set()),
        ("go/Dockerfile", BUILT + "CMD python app.py\n", set()),
        ("go/Dockerfile", "FROM golang\nCOPY . .\nRUN go vet\nCMD /score\n", set()),
    ],
    ids=[
        "copied",
        "all-copied",
        "jar-copied",
        "jar-of-a-module",
        "dockerfile-in-a-folder",
        "go",
        "jar-from-elsewhere",
        "only-the-manifest",
        "starts-nothing",
        "starts-a-script",
        "compiles-a-tool",
        "not-compiled",
    ],
)
def test_a_container_holds_what_is_compiled_into_it(
    path: str, dockerfile: str, held: set[str], graph: Callable[[dict[str, str]], Graph]
) -> None:
    edges = graph({**FILES, path: dockerfile}).edges.get(Node(path, ""), ())
    assert {edge.target.path for edge in edges} == held


ASKS = 'using Microsoft.ML;\nclass A { void Go() { var m = new MLContext().Model.Load("a.zip", out var s); } }\n'
SOLUTION = {f"{name}/A.cs": ASKS for name in ("Api", "Domain", "Training")}
COPIES = "FROM sdk AS build\nWORKDIR /src\n{}COPY . .\nRUN dotnet publish Api/Api.csproj -o /app\nFROM aspnet\n"
RUN = 'COPY --from=build /app .\nENTRYPOINT ["dotnet", "Api.dll"]\n'


@pytest.mark.parametrize(
    ("copies", "held"),
    [
        ('COPY ["Api/Api.csproj", "Api/"]\nCOPY ["Domain/Domain.csproj", "Domain/"]\n', {"Api/A.cs", "Domain/A.cs"}),
        ("COPY */*.csproj ./\n", set(SOLUTION)),
        ("", set(SOLUTION)),
    ],
)
def test_an_assembly_is_built_from_the_projects_that_are_restored_one_by_one(
    copies: str, held: set[str], graph: Callable[[dict[str, str]], Graph]
) -> None:
    edges = graph({**SOLUTION, "Dockerfile": COPIES.format(copies) + RUN}).edges.get(Node("Dockerfile", ""), ())
    assert {edge.target.path for edge in edges} == held
