"""Images made to run what is put in its place: their Dockerfiles start nothing themselves, or only name a function.

Sources of the places: https://github.com/tiangolo/uvicorn-gunicorn-fastapi-docker,
https://github.com/tiangolo/uwsgi-nginx-flask-docker and https://rocker-project.org/images/versioned/shiny.html;
of functions: https://docs.aws.amazon.com/lambda/latest/dg/python-image.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.chains.graph import Node, Step
from mlops_scan.chains.places import image_name
from mlops_scan.facts.kinds import Command, Image, Unit

if TYPE_CHECKING:
    from mlops_scan.chains.graph import Builder
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import FileFacts

_MODULES = ("/app/app/main.py", "/app/main.py")
_PLACES = {
    "meinheld-gunicorn": _MODULES,
    "meinheld-gunicorn-flask": _MODULES,
    "uvicorn-gunicorn": _MODULES,
    "uvicorn-gunicorn-fastapi": _MODULES,
    "uvicorn-gunicorn-starlette": _MODULES,
    "uwsgi-nginx": _MODULES,
    "uwsgi-nginx-flask": _MODULES,
    "shiny": ("/srv/shiny-server/app.R", "/srv/shiny-server/server.R"),
    "shiny-verse": ("/srv/shiny-server/app.R", "/srv/shiny-server/server.R"),
}


_FUNCTIONS = ("/lambda/python", "/aws-lambda-python")
_CLIENT = "awslambdaric"
# where such an image looks for code: its folder, as written or by the variable that names it
_WORK = ("", "/var/task/", "/${LAMBDA_TASK_ROOT}/", "/$LAMBDA_TASK_ROOT/")


def note(builder: Builder, file: FileFacts, known: Places) -> None:
    """Link a container to the program in the place from which its image starts one, or to the function it names."""
    images = file.of(Image)
    if not images or not any(unit.kind == "container" for unit in file.of(Unit)):
        return
    image = images[-1]
    commands = [command for command in file.of(Command) if not command.unit]
    calls_functions = image.name.partition(":")[0].endswith(_FUNCTIONS)
    for command in commands:
        if calls_functions or _CLIENT in command.run.split(" "):
            _function(builder, file.path, command, known)
    if not commands:
        _program(builder, file.path, image, known)


def _program(builder: Builder, path: str, image: Image, known: Places) -> None:
    for place in _PLACES.get(image_name(image.name), ()):
        found = known.copies.find(place, path)
        if found is not None:
            step = Step(path, image.line, f"{image.name} starts {place}")
            builder.link(Node(path, ""), Node(found, ""), step)
            return


def _function(builder: Builder, path: str, command: Command, known: Places) -> None:
    """Link a container to the function that its command names last: ``app.handler`` or ``app/main.handler``."""
    module, _, name = command.run.rpartition(" ")[2].rpartition(".")
    written = f"{module.replace('.', '/')}.py"
    found = next(filter(None, (known.copies.find(f"{folder}{written}", path) for folder in _WORK)), None)
    if found is not None and name in known.units.get(found, ()):
        step = Step(path, command.line, f"calls {name}")
        builder.link(Node(path, ""), Node(found, ""), step)
        builder.link(Node(path, ""), Node(found, name), step)
