"""What asks a Django application comes to its views, by the tables of its addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Link

if TYPE_CHECKING:
    from collections.abc import Callable

IMPORTS = (
    "from django.urls import include, path\nfrom rest_framework.routers import DefaultRouter\nfrom churn import views\n"
)


def routes(stated: Callable[..., list[Any]], path: str, text: str) -> list[str]:
    return [target for kind, target in stated(path, text, Link, "kind", "target") if kind == "route"]


@pytest.mark.parametrize(
    ("line", "target"),
    [
        ("path('predict/', views.predict)", "churn.views.predict"),
        ("path('predict/', views.Predict.as_view())", "churn.views.Predict"),
        ("path('churn/', include('churn.urls'))", "churn.urls"),
        ("path('churn/', include(('churn.urls', 'churn'), namespace='churn'))", "churn.urls"),
        ("DefaultRouter().register('churn', views.Predict)", "churn.views.Predict"),
    ],
)
def test_tables_lead_to_views_and_tables(stated: Callable[..., list[Any]], line: str, target: str) -> None:
    assert routes(stated, "shop/urls.py", f"{IMPORTS}urlpatterns = [{line}]\n") == [target]


@pytest.mark.parametrize(
    "line", ["path('admin/', admin.site.urls)", "path('', include(router.urls))", "# path('predict/', views.predict)"]
)
def test_what_is_of_others_leads_nowhere(stated: Callable[..., list[Any]], line: str) -> None:
    text = f"from django.contrib import admin\n{IMPORTS}urlpatterns = [\n    {line}\n]\n"
    assert routes(stated, "shop/urls.py", text) == []


def test_what_starts_an_application_leads_to_its_addresses(stated: Callable[..., list[Any]]) -> None:
    text = "import os\nos.environ.setdefault('{}', '{}')\n"
    assert routes(stated, "shop/wsgi.py", text.format("DJANGO_SETTINGS_MODULE", "shop.settings.live")) == ["shop.urls"]
    assert routes(stated, "shop/wsgi.py", text.format("MODEL_MODULE", "shop.settings")) == []
