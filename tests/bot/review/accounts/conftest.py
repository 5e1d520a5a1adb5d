"""What the tests of logging in share."""

from pathlib import Path

import pytest

from bot.review.accounts.sealing import Sealing


@pytest.fixture
def sealing(tmp_path: Path) -> Sealing:
    """Sealing by a key that the program makes for itself."""
    return Sealing(tmp_path / "secret.key")
