"""A visitor says that a telephone number is wrong, and the operator hears of it."""

from fastapi.testclient import TestClient

from bot.answering.wording import SHIPPED
from tests.web.conftest import program_of


def reported(client: TestClient, phone: str) -> float:
    body = {
        "answer_id": "at-hand",
        "verdict": "down",
        "reasons": ["number_wrong"],
        "contact": phone,
    }
    assert client.post("/api/v1/feedback", json=body).status_code == 202
    text = program_of(client).metrics.text().decode()
    counts = [line for line in text.splitlines() if f'reported_total{{phone="{phone}"}}' in line]
    return float(counts[0].split()[-1]) if counts else 0.0


def test_a_number_of_ours_is_counted_by_its_own(client: TestClient) -> None:
    phone = min(SHIPPED.contacts.phones)
    assert reported(client, phone) + 1 == reported(client, phone)


def test_whatever_else_is_typed_there_is_not_kept(client: TestClient) -> None:
    assert reported(client, "13800138000") == 0
    assert b"13800138000" not in program_of(client).metrics.text()


def test_a_source_is_taken_with_the_question(client: TestClient) -> None:
    body = {"question": "艾司氯胺酮的不良反应有哪些？", "source": "no such source", "site_key": "k"}
    answer = client.post("/api/v1/ask", json=body).json()
    assert answer["kind"] == "not_found"
    assert answer["passages"] == []
    assert any(block["passages"] for block in answer["safety"])
