"""Show a figure with a caption that everybody can read: on the page, and as the picture's alternative text."""

from __future__ import annotations

import sys
from base64 import b64encode
from html import escape
from io import BytesIO
from typing import Any

import numpy as np

COLOURS = 128
# A picture is as large on the page as it was drawn (CSS counts some 100 dots an inch), and has up to twice the dots, as
# sharp screens do. Crowds of points take much room, so such a picture gets fewer.
DOTS_ON_THE_PAGE = 100
DENSITIES = (200, 150, 125)
LARGEST = 45_000


def captioned(ax: Any, caption: str) -> None:
    """Show a figure once, with its caption below it and as its alternative text, and close it.

    The caption is there twice because JupyterLab doesn't write the alternative text into the page, and other viewers
    do. The picture's bytes are the same whenever the figure and the versions of the libraries are. Outside IPython
    nothing is shown.

    Parameters
    ----------
    ax : Axes, array of Axes or Figure
        What to show; a task's `...` shows nothing.
    caption : str
        A sentence that says what there is to see; spaces and line breaks are joined.

    Raises
    ------
    TypeError
        When `ax` is none of these.
    ValueError
        When the caption is empty.

    See Also
    --------
    class_scatter : Returns axes to be shown.

    Examples
    --------
    >>> from imbalanced_course.plots import captioned, confusion_matrix
    >>> ax = confusion_matrix([0, 0, 1], [0, 1, 1])
    >>> captioned(ax, "One of two negatives is flagged, and so is the positive.")

    A picture needs a caption:

    >>> captioned(ax, "")
    Traceback (most recent call last):
        ...
    ValueError: a picture needs a caption that says what there is to see
    """
    if ax is ...:
        return
    caption = " ".join(caption.split())
    if not caption:
        raise ValueError("a picture needs a caption that says what there is to see")
    figure = _figure_of(ax)
    try:
        if _in_ipython():
            _display(figure, caption)
    finally:
        # The inline backend shows every open figure when the cell ends.
        import matplotlib.pyplot as plt

        plt.close(figure)


def _display(figure: Any, caption: str) -> None:
    from IPython.display import display

    picture, width = as_png(figure)
    display(
        {"image/png": b64encode(picture).decode("ascii"), "text/plain": str(figure)},
        raw=True,
        metadata={"image/png": {"alt": caption, "width": width}},
    )
    line = f"Figure: {caption}"
    display({"text/html": f"<p><em>{escape(line)}</em></p>", "text/plain": line}, raw=True)


def as_png(figure: Any) -> tuple[bytes, int]:
    """Return a figure as a PNG picture, and its width on the page in CSS pixels.

    It has a palette: thousands of points take a third of the room and look the same.
    """
    from PIL import Image

    for density in DENSITIES:
        drawn, packed = BytesIO(), BytesIO()
        figure.savefig(drawn, format="png", dpi=density, bbox_inches="tight")
        picture = Image.open(drawn).convert("RGB")
        palette = picture.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        palette.save(packed, "png", optimize=True)
        if packed.tell() <= LARGEST:
            break
    return packed.getvalue(), round(picture.width * DOTS_ON_THE_PAGE / density)


def _in_ipython() -> bool:
    if "IPython" not in sys.modules:
        return False
    from IPython import get_ipython

    return get_ipython() is not None


def _figure_of(ax: Any) -> Any:
    parts = np.ravel(np.asarray(ax, dtype=object))
    try:
        return parts[0].figure.canvas.figure
    except (AttributeError, IndexError):
        raise TypeError(f"expected Axes, an array of Axes or a Figure; got {type(ax).__name__}") from None
