"""A client is limited by its own address, which nobody can read or invent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from web.server.limits import Limiter, client_address
from web.server.settings import Settings

PROXIES = Settings.model_validate({"trusted_proxies": "10.0.0.0/8"}).trusted_proxies


def request(address: str, *forwarded: str) -> Request:
    headers = [(b"x-forwarded-for", each.encode()) for each in forwarded]
    return Request({"type": "http", "client": (address, 1), "headers": headers})


@pytest.mark.parametrize(
    ("address", "forwarded", "seen"),
    [
        ("203.0.113.5", (), "203.0.113.5"),
        ("203.0.113.5", ("198.51.100.1",), "203.0.113.5"),
        ("10.0.0.1", ("198.51.100.1",), "198.51.100.1"),
        ("10.0.0.1", ("1.1.1.1, 198.51.100.1, 10.0.0.2",), "198.51.100.1"),
        ("10.0.0.1", ("1.1.1.1", "198.51.100.1"), "198.51.100.1"),
        ("10.0.0.1", (), "10.0.0.1"),
    ],
)
def test_only_a_trusted_proxy_is_believed(
    address: str, forwarded: tuple[str, ...], seen: str
) -> None:
    assert client_address(request(address, *forwarded), PROXIES) == seen


def test_a_client_waits_after_its_share_and_others_do_not() -> None:
    limiter = Limiter(2)
    assert [limiter.wait("203.0.113.5") for _ in range(2)] == [0, 0]
    assert 1 <= limiter.wait("203.0.113.5") <= 60
    assert limiter.wait("203.0.113.6") == 0


def test_zero_is_no_limit() -> None:
    limiter = Limiter(0)
    assert not any(limiter.wait("203.0.113.5") for _ in range(1000))


def test_all_addresses_of_one_ipv6_network_share_a_limit() -> None:
    limiter = Limiter(1)
    assert limiter.wait("2001:db8::1") == 0
    assert limiter.wait("2001:db8::2") > 0
    assert limiter.wait("2001:db8:0:1::1") == 0


def test_a_name_tells_nothing_and_changes_with_the_salt() -> None:
    limiter = Limiter(1)
    name = limiter.name("203.0.113.5")
    assert "203" not in name
    assert name == limiter.name("203.0.113.5")
    assert name != Limiter(1).name("203.0.113.5")


@given(st.text())
def test_whatever_a_proxy_says_has_a_name(address: str) -> None:
    assert len(Limiter(1).name(address)) == 32
