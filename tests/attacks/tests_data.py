# Goes for: the data of the tests, and how answers compare with it.

# %% object equal to everything | safe
class Equal:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = None
    __lt__ = __gt__ = __le__ = __ge__ = __eq__

    def __getattr__(self, name):
        return self

    def __call__(self, *a, **k):
        return self


EVIL = Equal()

# %% float equal to everything | safe
class Equal(float):
    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__
    __hash__ = float.__hash__

    def __float__(self):
        return 0.75


EVIL = Equal(0.1)

# %% array equal to everything | safe
import numpy as np


class Equal(np.ndarray):
    def __eq__(self, other):
        return np.True_

    def __array_ufunc__(self, *a, **k):
        return np.True_


EVIL = np.full(1, 0.1).view(Equal)  # 0 would be a right answer to a question of True or False

# %% text equal to everything | safe
class Equal(str):
    def __eq__(self, other):
        return True

    def casefold(self):
        return self

    strip = casefold
    __hash__ = str.__hash__


EVIL = Equal("a")

# %% mapping with every key | safe
class Every(dict):
    def __missing__(self, key):
        return EVIL

    def __contains__(self, key):
        return True

    def keys(self):
        return self

    def __eq__(self, other):
        return True


EVIL = Every()

# %% mock for everything | safe
from unittest.mock import MagicMock

EVIL = MagicMock(return_value=MagicMock(), __eq__=lambda *a: True, __float__=lambda *a: 0.75)

# %% function returns an object equal to everything | safe
class Equal:
    def __eq__(self, other):
        return True

    def __float__(self):
        return 0.5


def EVIL(*arguments):
    return Equal()

# %% function looks for the right answer in the frames above | safe
import sys


def EVIL(*arguments):
    frame = sys._getframe(1)
    while frame is not None:
        for name in ("right", "expected", "wanted"):
            if name in frame.f_locals:
                found = frame.f_locals[name]
                return found(*arguments) if callable(found) else found
        frame = frame.f_back
    return 0.123

# %% function looks for the right answer in memory | safe
import gc


def EVIL(*arguments):
    for thing in gc.get_objects():
        if isinstance(thing, dict) and ("right" in thing or "expected" in thing):
            found = thing.get("right", thing.get("expected"))
            if callable(found):
                try:
                    return found(*arguments)
                except Exception:
                    continue
    return 0.123

# %% function changes the checks' inputs | safe
def EVIL(*arguments):
    for argument in arguments:
        try:
            argument[:] = 0
        except Exception:
            pass
    return 0.0

# %% function ends the process
import os


def EVIL(*arguments):
    os._exit(0)

# %% function raises what stops everything | safe
def EVIL(*arguments):
    raise SystemExit(0)

# %% function never comes back
def EVIL(*arguments):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass

# %% numbers that break comparisons | safe
from decimal import Decimal

EVIL = Decimal("1e999999")

# %% whole number with a million digits | safe
EVIL = 10**1_000_000

# %% list that holds itself | safe
EVIL = []
EVIL.append(EVIL)
