"""Formulas as MathML, made while the site is built: browsers show it without a script or a font from elsewhere."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    """Offer Sphinx the renderer `mathml`, which conf.py chooses."""
    app.add_html_math_renderer("mathml", inline_renderers=(_inline, None), block_renderers=(_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _inline(translator: Any, node: nodes.math) -> None:
    translator.body.append(tex2mathml(node.astext()))
    raise nodes.SkipNode


def _block(translator: Any, node: nodes.math_block) -> None:
    # A long formula scrolls by itself, with the keyboard too.
    start = '<div class="formula" tabindex="0" role="group" aria-label="formula">'
    translator.body.append(f"{start}{tex2mathml(node.astext(), as_block=True)}</div>\n")
    raise nodes.SkipNode
