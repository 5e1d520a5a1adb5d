"""What every response carries, and where everything is found."""

import re

import pytest
from fastapi.testclient import TestClient

from tests.places import DOCS
from tests.web.conftest import PLAIN

PAGE = DOCS / "api.md"
SITE = "https://site.example"


def test_every_call_of_the_api_is_documented_and_no_other(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    offered = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    documented = set(re.findall(r"^\| `((?:GET|POST) /api/\S+)` \|", PAGE.read_text("utf-8"), re.M))
    assert documented - {"GET /api/v1/openapi.json"} == offered


@pytest.mark.parametrize("path", ["/", "/api/v1/status", "/healthz", "/nothing-here"])
def test_every_response_keeps_itself_to_itself(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "microphone=()" in headers["permissions-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


def test_a_nonce_is_used_once(client: TestClient) -> None:
    policies = {client.get("/").headers["content-security-policy"] for _ in range(3)}
    assert len(policies) == 3


def test_no_visitor_gets_a_cookie(client: TestClient) -> None:
    assert "set-cookie" not in client.get("/").headers
    assert "set-cookie" not in client.post("/api/v1/ask", json={"question": PLAIN}).headers


def test_a_configured_origin_may_call_the_api(client: TestClient) -> None:
    headers = {"Origin": SITE, "Access-Control-Request-Method": "POST"}
    preflight = client.options("/api/v1/ask", headers=headers)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == SITE
    assert "access-control-allow-credentials" not in preflight.headers


def test_another_origin_may_not(client: TestClient) -> None:
    response = client.get("/api/v1/status", headers={"Origin": "https://other.example"})
    assert "access-control-allow-origin" not in response.headers


def test_a_long_answer_is_compressed(client: TestClient) -> None:
    response = client.post("/api/v1/ask", json={"question": PLAIN})
    assert response.headers["content-encoding"] == "gzip"


def test_a_browser_that_lost_its_way_gets_a_page(client: TestClient) -> None:
    response = client.get("/nothing-here", headers={"Accept": "text/html", "Accept-Language": "en"})
    assert response.status_code == 404
    assert "There is nothing at this address" in response.text


def test_a_page_loads_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/").text
    assert not re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?//', page)
