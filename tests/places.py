"""Where things lie: the checkout, and the material beside it that users do not have."""

from pathlib import Path

__all__ = ["DATA", "DOCS", "ROOT", "SEEDS", "SHARED"]

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"
DOCS = ROOT / "docs"
SEEDS = ROOT / "seeds"
READING = ROOT / "tests" / "data" / "reading"
SHARED = ROOT.parent / "shared"
