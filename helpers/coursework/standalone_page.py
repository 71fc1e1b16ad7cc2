"""What pages that stand alone are made of: templates that escape what fills them, and pictures in the page itself."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True)
class PagePicture:
    """A picture for a page: PNG in base64, what there is to see, and its width in CSS pixels."""

    data: str
    alt: str
    width: int


def page_picture(png: bytes, alt: str, width: int) -> PagePicture:
    """Return a picture for a page from the bytes of a PNG file."""
    return PagePicture(b64encode(png).decode("ascii"), alt, width)


def templates_of(package: str) -> Environment:
    """Return the environment of the templates beside a package's modules; it escapes whatever is filled in."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(package, ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
