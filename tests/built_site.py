"""The site, built once for all tests of a run, without a network; and a browser to look at pages with."""

from __future__ import annotations

import fcntl
import functools
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from conftest import need

ROOT = Path(__file__).resolve().parent.parent
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WIDTHS = {"phone": 390, "desktop": 1280}
_MADE = shutil.ignore_patterns(
    "_build", "lessons", "projects", "contributing.md", "changelog.md", "[0-9][0-9]-*.md", "__pycache__", "myths"
)
_WITHOUT_NETWORK = """
import socket, sys

def refuse(*arguments):
    sys.exit(f"the build asked for the network: {arguments[1:]}")

socket.socket.connect = socket.getaddrinfo = refuse
from sphinx.cmd.build import main
sys.exit(main(sys.argv[1:]))
"""


def built_site(factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the built site; the first test process that asks builds it."""
    place = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    site = place / "site"
    with (place / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not site.exists():
            build_site(place / "site-work").rename(site)
    return site


def build_site(place: Path) -> Path:
    """Build the site from a copy of its pages below `place`, where the network is refused; return its folder."""
    shutil.copytree(ROOT / "docs", place / "docs", ignore=_MADE, dirs_exist_ok=True)
    for name in ("CONTRIBUTING.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, place)
    options = ["--quiet", "--fail-on-warning", "--keep-going", "--doctree-dir", str(place / "doctrees")]
    command = [sys.executable, "-c", _WITHOUT_NETWORK, *options, str(place / "docs"), str(place / "html")]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return place / "html"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine and yield its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def chromium() -> Iterator[Any]:
    """Start Chromium; skip where there is none."""
    program = need("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:
        pass
