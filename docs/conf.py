"""The site: `make docs` builds it from these pages and the released lessons, without a network."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "Imbalanced classification, measured"
html_title = "Imbalanced classification"
author = "The authors of the course"
copyright = "the authors of the course. Code: MIT; text and data: CC BY 4.0"
language = "en"

extensions = ["myst_nb", "sphinx_design", "sphinx_click", "site_pages", "formulas"]
exclude_patterns = ["_build", "myths"]
nitpicky = True
highlight_language = "text"
suppress_warnings = ["misc.highlighting_failure"]  # a hint's code may have gaps, as in `fit(…)`

# Outputs are stored; nothing is run here.
nb_execution_mode = "off"
nb_merge_streams = True
nb_code_prompt_show = "Show the {type}"
nb_code_prompt_hide = "Hide the {type}"
myst_enable_extensions = ["colon_fence", "dollarmath"]
myst_heading_anchors = 4

html_theme = "sphinx_book_theme"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_math_renderer = "mathml"  # formulas.py
html_use_index = False
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "use_download_button": False,
    "footer_content_items": ["copyright"],
    "show_navbar_depth": 1,
    "navbar_persistent": [],  # the search stands in the side bar
    "show_toc_level": 2,
}

linkcheck_anchors = False
linkcheck_timeout = 20
linkcheck_retries = 2
