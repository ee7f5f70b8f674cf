"""Images made to run what is put in its place: their Dockerfiles copy a program there, and start nothing themselves.

Sources of the places: https://github.com/tiangolo/uvicorn-gunicorn-fastapi-docker,
https://github.com/tiangolo/uwsgi-nginx-flask-docker and https://rocker-project.org/images/versioned/shiny.html
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
_CONFIGURED = ("/app/uwsgi.ini", *_MODULES)
_PLACES = {
    "meinheld-gunicorn": _MODULES,
    "meinheld-gunicorn-flask": _MODULES,
    "uvicorn-gunicorn": _MODULES,
    "uvicorn-gunicorn-fastapi": _MODULES,
    "uvicorn-gunicorn-starlette": _MODULES,
    "uwsgi-nginx": _CONFIGURED,
    "uwsgi-nginx-flask": _CONFIGURED,
    "shiny": ("/srv/shiny-server/app.R", "/srv/shiny-server/server.R"),
    "shiny-verse": ("/srv/shiny-server/app.R", "/srv/shiny-server/server.R"),
}


def note(builder: Builder, file: FileFacts, known: Places) -> None:
    """Link a container to the program in the place from which the image that it is built from starts one."""
    images = file.of(Image)
    if not images or not any(unit.kind == "container" for unit in file.of(Unit)):
        return
    image = images[-1]
    started = any(not command.unit for command in file.of(Command))
    for place in _PLACES.get(image_name(image.name), ()) if not started else ():
        found = known.copies.find(place, file.path)
        if found is not None:
            step = Step(file.path, image.line, f"{image.name} starts {place}")
            builder.link(Node(file.path, ""), Node(found, ""), step)
            return
