"""Code and styles as a browser gets them: the same, smaller.

`tdewolff-minify` shortens the names of the script and drops what means nothing in it. Where there
is no build of it, the script works all the same and is larger.
"""

from typing import Literal

try:
    import minify
except ImportError:  # pragma: no cover
    minify = None

__all__ = ["bare", "smaller"]


def smaller(code: str, kind: Literal["application/javascript", "text/css"]) -> str:
    """A script or a style sheet, made smaller."""
    return str(minify.string(kind, code)).strip() if minify else code


def bare(source: str) -> str:
    """A module without its imports, its exports plain declarations."""
    return "\n".join(
        line.removeprefix("export ")
        for line in source.splitlines()
        if not line.startswith("import ")
    )
