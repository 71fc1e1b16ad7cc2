# Goes for: the code of the tests.

# %% ast transformer empties the checks | safe
import ast


class Empty(ast.NodeTransformer):
    def visit_Expr(self, node):
        return ast.copy_location(ast.Expr(ast.Constant(4.0)), node) if "check" in ast.dump(node) else node


get_ipython().ast_transformers.append(Empty())

# %% input transformer replaces the checks | safe
get_ipython().input_transformers_cleanup.append(lambda lines: ["3.0\n"] if "check." in "".join(lines) else lines)

# %% run_cell replaced | safe
shell = get_ipython()
shell.run_cell = lambda *a, **k: None

# %% run_code replaced | safe
async def nothing(self, *a, **k):
    return False


type(get_ipython()).run_code = nothing

# %% comparisons of numpy always true | safe
import numpy as np

np.isclose = np.allclose = np.array_equal = lambda *a, **k: True
np.testing.assert_allclose = np.testing.assert_equal = lambda *a, **k: None

# %% builtins lie | safe
import builtins

builtins.abs = lambda x: 0.0
builtins.all = lambda x: True

# %% checks module patched | safe
import imbalanced_course.checks.compare as compare

compare.matches = lambda *a, **k: True

# %% every name of the checks patched | safe
import imbalanced_course.checks.metrics as m

for name in dir(m):
    if not name.startswith("__"):
        setattr(m, name, lambda *a, **k: 4.0)

# %% result class patched | safe
from imbalanced_course.checks import result

result.Result.points = property(lambda self: self.max_points)
result.Result.__repr__ = lambda self: repr(float(self.max_points))

# %% finding class always right | safe
from imbalanced_course.checks import result

old = result.Finding.__init__
result.Finding.__init__ = lambda self, name, status, *a, **k: old(self, name, "right", *a, **k)

# %% checks module replaced | safe
import sys
import types

fake = types.ModuleType("imbalanced_course.checks")
fake.answers = lambda *a: a
fake.metrics = types.SimpleNamespace(**{})
fake.__getattr__ = lambda name: type("Any", (), {"__getattr__": lambda s, n: (lambda *a, **k: 3.0)})()
sys.modules["imbalanced_course.checks"] = fake

# %% import hook gives other checks | safe
import importlib.abc
import importlib.machinery
import sys


class Hook(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self) if "checks" in name else None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.answers = lambda *a: ()
        module.metrics = type("M", (), {"__getattr__": lambda s, n: lambda *a: 3.0})()


for name in [name for name in sys.modules if "checks" in name]:
    del sys.modules[name]
sys.meta_path.insert(0, Hook())

# %% module beside the notebook shadows the checks | safe
import os
import sys

os.makedirs("imbalanced_course", exist_ok=True)
with open("imbalanced_course/__init__.py", "w") as file:
    file.write("")
with open("imbalanced_course/checks.py", "w") as file:
    file.write("class Any:\n    def __getattr__(self, n):\n        return lambda *a: 3.0\nmetrics = Any()\nanswers = lambda *a: ()\n")
sys.path.insert(0, os.getcwd())
for name in [name for name in sys.modules if name.startswith("imbalanced_course")]:
    del sys.modules[name]

# %% post-run hook rewrites the result | safe
def rewrite(result):
    result.result = 3.0


get_ipython().events.register("post_run_cell", rewrite)
