"""Which names a text of Python could read or sets, told from the text alone."""

from __future__ import annotations

import ast
import re
import symtable
import unicodedata
import warnings
from collections.abc import Iterator
from functools import lru_cache

from coursework.lessons.notebook import syntax_tree

_TRIED = "try:\n    {}\nexcept ImportError:\n    pass"
_WORD = re.compile(r"\w+")
# With one of these an answer can reach names without writing them.
_INDIRECT = {"exec", "eval", "globals", "locals", "vars", "dir", "get_ipython", "In", "Out"}


def may_use(text: str, names: frozenset[str]) -> bool:
    """Return whether a cell could read one of these names; when in doubt, it could."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = syntax_tree(text)
            # Most cells hold none of the names. Python reads names in this normal form.
            if not (names | _INDIRECT) & set(_WORD.findall(unicodedata.normalize("NFKC", text))):
                return False
            read = _global_reads(symtable.symtable(text, "<cell>", "exec"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True  # a magic command, or a cell that only IPython can run
    read |= {
        node.target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
    }
    return bool(read & (names | _INDIRECT))


def _global_reads(table: symtable.SymbolTable) -> set[str]:
    """Return the names that a cell takes from outside: read at its top and not set there, or global in a function."""
    symbols = table.get_symbols()
    if table.get_type() == "module":
        own = {symbol.get_name() for symbol in symbols if symbol.is_assigned() or symbol.is_imported()}
        read = {symbol.get_name() for symbol in symbols if symbol.is_referenced()}
    else:
        own = set()
        read = {symbol.get_name() for symbol in symbols if symbol.is_referenced() and symbol.is_global()}
    for child in table.get_children():
        read |= _global_reads(child)
    return read - own


@lru_cache(maxsize=1000)  # called with the lessons' own cells only, the same ones for each submission
def imports_of(source: str) -> str:
    """Return the imports of a cell, without the rest of it; one that the cell only tries is only tried."""
    tree = syntax_tree(source)
    tried = {node for one in ast.walk(tree) if isinstance(one, ast.Try) for node in ast.walk(one)}
    kept = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    texts = ((ast.unparse(node), node in tried) for node in kept)
    return "\n".join(_TRIED.format(text) if may_fail else text for text, may_fail in texts)


def names_bound(source: str) -> Iterator[str]:
    """Yield the names that a cell sets."""
    try:
        tree = syntax_tree(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id != "_":
            yield node.id
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
