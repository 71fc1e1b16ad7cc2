"""The course as a wheel, and environments that hold it and nothing of the clone."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Environment:
    """A virtual environment: where it is, and its Python."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def packages(self) -> Path:
        base = str(self.folder)
        return Path(sysconfig.get_path("purelib", "venv", vars={"base": base, "platbase": base}))

    def run(
        self, *command: str | Path, cwd: Path, variables: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run one of its programs from a folder; `run("course", "check", cwd=…)`."""
        program, *arguments = map(str, command)
        return subprocess.run(
            [str(self.folder / "bin" / program), *arguments],
            cwd=cwd, env={**own_environment(), **(variables or {})}, capture_output=True, text=True, timeout=1200,
        )  # fmt: skip


def own_environment() -> dict[str, str]:
    """Return this process's environment without what would lead to the clone or its `.venv`."""
    left_out = ("PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME", "PYTEST_CURRENT_TEST")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    own = str(Path(sys.executable).parent)
    places = kept.get("PATH", os.defpath).split(os.pathsep)
    return {**kept, "PATH": os.pathsep.join(place for place in places if place != own)}


def copy_of_the_clone(folder: Path) -> Path:
    """Copy what git would hold if all were committed: the files as they are now, and none that it ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
    return folder


def build(clone: Path, into: Path, kind: str = "wheel") -> Path:
    """Build the wheel (or the "sdist") of a clone, without a network, and return the file."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(into)]
    subprocess.run(command, cwd=clone, capture_output=True, text=True, check=True)
    (made,) = into.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return made


def pins(*files: str) -> dict[str, str]:
    """Return the versions in these files at the clone's top; where two name one package, the later file's."""
    found: dict[str, str] = {}
    for file in files:
        lines = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)
        found |= {canonicalize_name(name): version for name, version in lines}
    return found


def linked_environment(folder: Path, wheel: Path) -> Environment:
    """Make an environment of this wheel and, without a network, of the packages that it says it needs.

    These are our own, file by file; what only tests need is not there, and the clone neither.
    """
    made = _empty_environment(folder)
    for package in _needed_packages(wheel):
        for file in package.files or []:
            if file.parts[0] != ".." or "share" in file.parts or "etc" in file.parts:
                _link(Path(str(package.locate_file(file))), made.packages / file)
        for script in package.entry_points.select(group="console_scripts"):
            _write_script(made, script)
    command = [sys.executable, "-m", "pip", "--python", str(made.python), "install", "--no-deps", "--no-index"]
    subprocess.run([*command, "--quiet", str(wheel)], check=True, capture_output=True, text=True)
    return made


def pinned_environment(
    folder: Path, wheel: Path, versions: Mapping[str, str], *, also: Iterable[str] = ()
) -> Environment:
    """Make an environment of this wheel with its packages from the registry, in these exact versions."""
    made = _empty_environment(folder)
    constraints = folder / "constraints.txt"
    constraints.write_text("".join(f"{name}=={version}\n" for name, version in versions.items()))
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv:
        installer = [uv, "pip", "install", "--python", str(made.python), "--compile-bytecode"]
    else:
        installer = [sys.executable, "-m", "pip", "--python", str(made.python), "install"]
    done = subprocess.run(
        [*installer, "--quiet", "-c", str(constraints), str(wheel), *also], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return made


def _empty_environment(folder: Path) -> Environment:
    venv.create(folder, symlinks=True)
    return Environment(folder)


def _needed_packages(wheel: Path) -> list[metadata.Distribution]:
    """Return what the wheel says it needs, and what that needs, as it is installed here."""
    (course,) = metadata.distributions(path=[str(wheel)])
    found: dict[str, metadata.Distribution] = {}
    todo, seen = [(course, "")], set()
    while todo:
        package, extra = todo.pop()
        for need in map(Requirement, package.requires or []):
            name = canonicalize_name(need.name)
            if need.marker is not None and not need.marker.evaluate({"extra": extra}):
                continue
            found.setdefault(name, metadata.distribution(name))
            new = {(name, wanted) for wanted in ("", *need.extras)} - seen
            seen |= new
            todo += [(found[name], wanted) for _, wanted in new]
    return list(found.values())


def _link(source: Path, target: Path) -> None:
    """Put a file, and its bytecode where there is one, into another environment without copying where possible."""
    both = [(source, target)]
    if source.suffix == ".py":
        cached = Path(importlib.util.cache_from_source(str(source)))
        both.append((cached, target.parent / "__pycache__" / cached.name))
    for old, new in both:
        if not old.is_file() or new.exists():
            continue
        new.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(old, new)
        except OSError:  # on another disk
            shutil.copy2(old, new)


def _write_script(environment: Environment, script: metadata.EntryPoint) -> None:
    path = environment.folder / "bin" / script.name
    call = script.attr.split(".")[0]
    path.write_text(
        f"#!{environment.python}\nimport sys\nfrom {script.module} import {call}\nsys.exit({script.attr}())\n"
    )
    path.chmod(0o755)
