"""The API does what its OpenAPI document says."""

from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import negative_data_rejection
from schemathesis.specs.openapi.schemas import OpenApiSchema

HERE = "/api/v1/openapi.json"


CALLS = (
    "POST /api/v1/ask",
    "POST /api/v1/search",
    "POST /api/v1/feedback",
    "GET /api/v1/passages/{id}",
    "GET /api/v1/documents",
    "GET /api/v1/documents/{id}",
    "GET /api/v1/resources",
    "GET /api/v1/topics",
    "GET /api/v1/status",
)


@pytest.fixture(scope="session")
def described(client: TestClient) -> OpenApiSchema:
    return schemathesis.openapi.from_asgi(HERE, client.app)


def test_the_document_names_every_call(client: TestClient) -> None:
    paths = client.get(HERE).json()["paths"]
    assert {f"{method.upper()} {path}" for path in paths for method in paths[path]} == set(CALLS)


@pytest.mark.parametrize("call", CALLS)
def test_a_call_answers_as_described(described: OpenApiSchema, call: str) -> None:
    """Some calls take more than the document promises, so refusing the rest is not checked."""
    method, path = call.split()
    operation = described[path][method]

    @given(case=operation.as_strategy())
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    def answers(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(excluded_checks=[negative_data_rejection])

    answers()


def test_the_document_is_complete_and_needs_nobody_else(client: TestClient) -> None:
    document = client.get(HERE).json()
    assert document["openapi"].startswith("3.1")
    parts = document["components"]["schemas"]
    assert {"Answer", "Ask", "Feedback", "ProblemBody", "Search"} <= set(parts)
    assert set(references(document)) <= {f"#/components/schemas/{name}" for name in parts}


def references(value: object) -> list[str]:
    """Every `$ref` in a JSON value."""
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [each for inner in value.values() for each in references(inner)]
    if isinstance(value, list):
        return [each for inner in value for each in references(inner)]
    return []


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_no_page_that_loads_scripts_from_elsewhere_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
