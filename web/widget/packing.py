"""Code and styles as a browser gets them: the same, smaller.

`tdewolff-minify` shortens the names of the script and drops what means nothing in it. Where there
is no build of it, the script works all the same and is larger.
"""

import re

try:
    import minify
except ImportError:  # pragma: no cover
    minify = None

__all__ = ["bare", "smaller", "tight"]


def smaller(code: str) -> str:
    """A script, made smaller."""
    return str(minify.string("application/javascript", code)).strip() if minify else code


def tight(sheet: str) -> str:
    """A style sheet without comments and the white space that means nothing."""
    bared = re.sub(r"/\*[^*]*\*/", "", sheet)
    return re.sub(r"\s*([{};,>])\s*|(?<=:) ", r"\1", bared).strip().replace(";}", "}")


def bare(source: str) -> str:
    """A module without its imports, its exports plain declarations."""
    return "\n".join(
        line.removeprefix("export ")
        for line in source.splitlines()
        if not line.startswith("import ")
    )
