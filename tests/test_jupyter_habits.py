"""What works in a learner's Jupyter and has nothing to do with the answer costs no task where it is graded."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import need
from test_engine import check, outcome, run

from coursework.grading.engine import Engine, EngineSettings

PARALLEL = "from joblib import Parallel, delayed, parallel_backend, parallel_config\nwork = [delayed(abs)(-1)] * 3\n"
PLOT = "import matplotlib\nimport matplotlib.pyplot as plt\n"
HABITS = {
    **{f"%matplotlib {name}": f"%matplotlib {name}" for name in ("widget", "tk", "qt", "notebook", "ipympl", "nbagg")},
    **{
        f"matplotlib.use {name}": f"{PLOT}matplotlib.use({name!r})\nplt.plot([1, 2])\nplt.show()"
        for name in ("TkAgg", "QtAgg", "WebAgg", "nbAgg", "macosx", "module://ipympl.backend_nbagg")
    },
    "use, then %matplotlib inline": f"{PLOT}matplotlib.use('agg')\nmatplotlib.use('GTK4Agg')\n%matplotlib inline",
    "switch_backend": "from matplotlib.pyplot import switch_backend\nswitch_backend('wxagg')",
    "interactive mode": f"{PLOT}plt.ion()\nplt.plot([1, 2])\nplt.pause(0.01)\nplt.ioff()",
    "%pylab": "%pylab qt",
    "%config": "%config InlineBackend.figure_format = 'retina'\n%config Completer.use_jedi = False",
    "a magic called by name": "get_ipython().run_line_magic('matplotlib', 'widget')",
    "an extension that is there": "%load_ext autoreload\n%autoreload 2",
    "an extension that is not": "%load_ext not_installed_here\n%not_installed_here",
    "%%time": "%%time\nx = 1",
    "an unknown cell magic": "%%memit\nx = 1",
    "installing": "import sys\n%pip install x\n!pip install x\n!{sys.executable} -m pip install -q x\n%conda install x",
    "of the page": "%autosave 60\n%clear\n%gui qt",
    "display": "from IPython.display import HTML, clear_output, display\ndisplay(HTML('<b>x</b>'))\nclear_output()",
    "loky": f"{PARALLEL}assert Parallel(n_jobs=2, backend='loky', verbose=1)(work) == [1, 1, 1]",
    "processes": f"{PARALLEL}Parallel(n_jobs=-1, prefer='processes')(work)\n"
    "Parallel(n_jobs=2, backend='multiprocessing')(work)",
    "loky by configuration": f"{PARALLEL}with parallel_backend('loky', n_jobs=2):\n    Parallel()(work)\n"
    "with parallel_config('loky', n_jobs=2, inner_max_num_threads=1):\n    Parallel()(work)",
    "neighbors by brute force": "import numpy as np\nfrom sklearn.neighbors import NearestNeighbors\n"
    "NearestNeighbors(algorithm='brute').fit(np.eye(9)).kneighbors(np.eye(9))",
    # Beside another thread, threadpoolctl looks the libraries up in another way.
    "thread pools": "from threading import Event, Thread\nfrom threadpoolctl import threadpool_limits\n"
    "end = Event()\nThread(target=end.wait).start()\ntry:\n    with threadpool_limits(1):\n        pass\n"
    "finally:\n    end.set()",
    "multiprocessing": "import multiprocessing\nwith multiprocessing.Pool(2) as pool:\n    pool.map(abs, [1, 2])",
    "concurrent.futures": "from concurrent.futures import ProcessPoolExecutor\n"
    "with ProcessPoolExecutor(2) as pool:\n    list(pool.map(abs, [1, 2]))",
}


@pytest.fixture(scope="module")
def came() -> dict[str, Any]:
    """What came of a notebook with all these habits, one in each answer cell, and of a missing module."""
    need("bubblewrap")
    engine = Engine(EngineSettings(sandbox="bwrap", memory_bytes=2**30))
    steps = [step for habit in HABITS.values() for step in (run(f"{habit}\np = 0.5"), check("t"), run("p = 0"))]
    try:
        return outcome(engine, *steps, run("import not_installed_here"), run(f"{PLOT}plt.plot([1])\nplt.show()"))
    finally:
        engine.close()


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_costs_no_task(came, habit):
    ran, checked = came["steps"][3 * list(HABITS).index(habit) :][:2]
    assert checked["result"]["points"] == 2.0, ran["outputs"]


def test_pictures_are_still_drawn_inline(came):
    assert "image/png" in came["steps"][-1]["outputs"][-1]["data"]


def test_a_module_that_is_not_there_is_named(came):
    assert came["notes"] == [
        "the cell 'answer' stopped: the module 'not_installed_here' is not installed where it was graded"
    ]
