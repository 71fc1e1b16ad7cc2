"""What an answer can reach from inside the sandbox: probes run as a submission, and report what they got."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from attack_suite import LESSON, with_cell
from conftest import need

from coursework.grading.engine import Engine, EngineSettings
from coursework.grading.run import grade_folder

# Each probe sets `got`; it is blocked when it raises or `got` is false. `FILES` are the paths of all files in sight.
PROBES = {
    "the internet": "import socket; socket.create_connection(('1.1.1.1', 53), timeout=1); got = True",
    "a server on this machine": "import socket; s = socket.create_connection(('127.0.0.1', {port}), timeout=1); got = True",
    "names on the network": "import socket; socket.gethostbyname('example.org'); got = True",
    "another submission": "got = [path for path in FILES if '/999-neighbour' in path]",
    "the gradebook": "got = [path for path in FILES if '/gradebook.db' in path and 'site-packages' not in path]",
    "the grading folder": "import os; got = os.path.exists({out!r})",
    "the solutions": "got = [path for path in FILES if '/solutions/03-metrics/' in path]",
    "the known answers": "got = [path for path in FILES if '/03-metrics/answers.py' in path]",
    "the checks' code": "got = [path for path in FILES if '/imbalanced_course/checks/' in path]",
    "the grading code": "got = [path for path in FILES if '/coursework/grading/' in path]",
    "the caller's environment": "import os; got = 'COURSE_SECRET_MARKER' in os.environ",
    "the seed of fresh inputs": "import os; got = 'IMBALANCED_COURSE_SEED' in os.environ or '424242' in str(os.environ)",
    "the home folder": "import os; got = os.listdir('/home')",
    "passwords": "got = open('/etc/passwd').read()",
    "other processes": "import os; got = [name for name in os.listdir('/proc') if name.isdigit()]",
    "memory of the parent": "got = open('/proc/1/mem', 'rb')",
    "signals to the parent": "import os, signal; os.kill(os.getppid() or 99999, 0); got = os.getppid() != 0",
    "root": "import os; got = os.getuid() == 0 or os.geteuid() == 0",
    "becoming root": "import os; os.setuid(0); got = True",
    "capabilities": "import ctypes; got = ctypes.CDLL(None).mount(b'none', b'/tmp', b'tmpfs', 0, None) == 0",
    "uncovering /proc": "import ctypes; got = ctypes.CDLL(None).umount2(b'/proc', 2) == 0",
    "writing to the system": "open('/usr/x', 'w'); got = True",
    "writing to the libraries": "import numpy; open(numpy.__file__, 'a'); got = True",
    "writing to the course": "import imbalanced_course; open(imbalanced_course.__file__, 'a'); got = True",
    "files of an earlier answer": "import os; got = os.path.exists('/tmp/left-behind') or os.path.exists('/dev/shm/left-behind')",
    "a thousand processes": (
        "import os, time\ncount = 0\ntry:\n    while count < 1000:\n        if os.fork() == 0:\n            time.sleep(5); os._exit(0)\n"
        "        count += 1\nexcept OSError:\n    pass\ngot = count > 100"
    ),
    "a gigabyte of memory": "block = bytearray(2**30); got = True",
    "a gigabyte on disk": "import os\nwith open('/tmp/big', 'wb') as file:\n    for _ in range(1000):\n        file.write(bytes(2**20))\ngot = True",
    "many small files": "import os\nfor n in range(100000):\n    open(f'/tmp/f{n}', 'w').close()\ngot = True",
}


@pytest.fixture(scope="module")
def reached(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each probe says, by its name."""
    import socket

    need("bubblewrap")
    place = tmp_path_factory.mktemp("isolation")
    with socket.socket() as server, pytest.MonkeyPatch.context() as patch:
        server.bind(("127.0.0.1", 0))
        server.listen()
        patch.setenv("COURSE_SECRET_MARKER", "secret")
        known = {"port": server.getsockname()[1], "out": str(place / "out")}
        lines = [
            "import json, os",
            "said = {}",
            "FILES = [os.path.join(top, name) for top, _, names in os.walk('/') if not top.startswith('/sys') for name in names]",
        ]
        for name, code in PROBES.items():
            text = code.replace("{port}", str(known["port"])).replace("{out!r}", repr(known["out"]))
            lines += [
                "try:",
                f"    space = {{'FILES': FILES}}; exec({text!r}, space); said[{name!r}] = 'REACHED' if space['got'] else 'blocked'",
                f"except BaseException as error:\n    said[{name!r}] = 'blocked: ' + type(error).__name__",
            ]
        lines.append("print('PROBES' + json.dumps(said))")
        probe = with_cell("\n".join(lines))
        litter = with_cell("for place in ('/tmp', '/dev/shm'):\n    open(place + '/left-behind', 'w').close()")
        for student, notebook in (("100-litter", litter), ("200-probe", probe), ("999-neighbour", litter)):
            path = place / "in" / student / LESSON.folder / "metrics.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(json.dumps(notebook))
        settings = EngineSettings(
            sandbox="bwrap", cell_seconds=30, total_seconds=60, memory_bytes=2**29, seed=424242
        )  # fmt: skip
        grade_folder(place / "in", place / "out", settings, workers=1)
    return _said(place / "out/autograded/200-probe" / LESSON.folder / "metrics.ipynb")


def _said(notebook: Path) -> dict[str, str]:
    for cell in json.loads(notebook.read_text())["cells"]:
        for output in cell.get("outputs", []):
            text = "".join(output.get("text", ""))
            if "PROBES" in text:
                found: dict[str, str] = json.loads(text.split("PROBES")[1].splitlines()[0])
                return found
    raise AssertionError("the probe said nothing")


@pytest.mark.parametrize("probe", PROBES)
def test_an_answer_cannot_reach(reached, probe):
    assert reached[probe].startswith("blocked")


def test_an_answer_holds_one_descriptor_its_channel_and_nothing_of_the_callers():
    need("bubblewrap")
    code = (
        "import os, stat\nkinds = []\nfor number in range(3, 1024):\n    try:\n"
        "        kinds.append(stat.S_IFMT(os.fstat(number).st_mode))\n    except OSError:\n        pass\n"
        "print(len(kinds), kinds == [stat.S_IFSOCK])"
    )
    engine = Engine(EngineSettings(sandbox="bwrap"))
    step = {"kind": "run", "name": "probe", "source": code}
    try:
        outcome = engine.grade({"lesson": "probe", "setup": ["import numpy"], "steps": [step]})
    finally:
        engine.close()
    assert outcome["steps"][0]["outputs"][0]["text"] == "1 True\n"


def test_the_table_of_probes(reached, record_property):
    lines = [f"{'probe of the sandbox':40} outcome", *(f"{name:40} {said}" for name, said in reached.items())]
    record_property("table", "\n".join(lines))
    assert set(reached) == set(PROBES)
