"""What the tests of signatures stand on: an authority with services, a gateway, no child."""

import pytest

from papers import authority, gateway, signed
from ppid.papers import child, signing


@pytest.fixture(scope="session")
def services():
    """An authority whose OCSP and time stamps answer."""
    with authority.served() as served:
        yield served


@pytest.fixture(scope="session")
def esign_server():
    """A gateway of the eSign Client Service."""
    with gateway.served(authority.offline()) as service:
        yield service


@pytest.fixture
def esign(esign_server):
    """The gateway, well behaved again."""
    esign_server.trick, esign_server.state = "", "ISSUE"
    esign_server.asked.clear()
    return esign_server


@pytest.fixture
def here(monkeypatch):
    """Ask pyHanko in this process; what a child does is tried by itself in test_signing."""
    monkeypatch.setattr(child, "ask", signed.sign_here)
    monkeypatch.setattr(signing, "work_apart", signed.read_here)
