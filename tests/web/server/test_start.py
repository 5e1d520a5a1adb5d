"""What a start loads: an emergency must not wait for what only other questions need."""

import subprocess
import sys

HEAVY = {"torch", "transformers", "sentence_transformers", "sklearn", "scipy.stats", "pandas"}


def test_the_server_is_put_together_without_the_heavy_libraries() -> None:
    code = "import sys, web.app; print('\\n'.join(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=170, check=True
    )
    assert not HEAVY & set(ran.stdout.split())
