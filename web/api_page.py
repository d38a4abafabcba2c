"""The list of the API's addresses as a page, made from its OpenAPI description."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from web import links


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    place: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    path: str
    summary: str
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class ApiPage:
    """Context of ``api.html``."""

    title: str
    endpoints: tuple[Endpoint, ...]
    openapi: str
    example: str
    nav: str = "api"


def page(description: Mapping[str, Any]) -> ApiPage:
    """The page for an OpenAPI 3.1 description whose paths all answer to GET."""
    return ApiPage(
        title="API",
        endpoints=tuple(_endpoints(description)),
        openapi=links.openapi(),
        example=links.ask_json("물류비 융자 한도"),
    )


def _endpoints(description: Mapping[str, Any]) -> Iterable[Endpoint]:
    for path, methods in description["paths"].items():
        operation = methods["get"]
        parameters = tuple(
            Parameter(
                name=one["name"],
                place="주소" if one["in"] == "path" else "질의",
                required=one["required"],
                description=one.get("description", ""),
            )
            for one in operation.get("parameters", ())
        )
        yield Endpoint(path, operation.get("summary", ""), parameters)
