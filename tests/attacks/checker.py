# Goes for: the checker, by malformed messages.

# %% junk instead of a message
import gc
import os
import socket

for channel in [thing for thing in gc.get_objects() if isinstance(thing, socket.socket)]:
    try:
        channel.sendall(os.urandom(100_000))
    except OSError:
        pass

# %% a message of four gigabytes
import gc
import socket

for channel in [thing for thing in gc.get_objects() if isinstance(thing, socket.socket)]:
    try:
        channel.sendall(b"\xff\xff\xff\xff" + b"[" * 1000)
    except OSError:
        pass

# %% array that claims eight terabytes
import coursework.answering.session as session

array = {"t": "array", "d": "<f8", "s": [2**40], "b": 0}
session.written = lambda value, keep=None: (array, [bytes(8)], [])

# %% nested a million deep
import coursework.answering.session as session

tree = 0.5
for _ in range(900):
    tree = {"t": "list", "v": [tree]}
session.written = lambda value, keep=None: (tree, [], [])

# %% a pickle for an array
import os
import pickle

import coursework.answering.session as session


class Run:
    def __reduce__(self):
        return os.system, ("touch /tmp/unpickled",)


session.written = lambda value, keep=None: ({"t": "array", "d": "|O", "s": [1], "b": 0}, [pickle.dumps(Run())], [])

# %% model of a class that runs commands
class Model:
    def fit(self, *a):
        return self

    def set_params(self, **k):
        return self

    def get_params(self, deep=True):
        return {"args": "touch /tmp/built"}


Model.__module__ = "sklearn.utils"
Model.__qualname__ = "os.system"
EVIL = Model()

# %% types of values that do not exist
import coursework.answering.session as session

session.written = lambda value, keep=None: ({"t": "list", "v": [{"t": "init", "v": 1}, {"t": "_column"}, {"t": 5}, [], {}, {"t": "range", "v": [0, 10**18, 1]}]}, [], [])

# %% handles that were never given
import coursework.answering.session as session

session.written = lambda value, keep=None: ({"t": "list", "v": [{"t": "handle", "k": "function", "h": 10**9, "v": None}] * 6}, [], [])

# %% closes the channel
import gc
import socket

for channel in [thing for thing in gc.get_objects() if isinstance(thing, socket.socket)]:
    channel.close()

# %% replies that say they are results
import coursework.answering.session as session

session.Session._reply = lambda self, request, blobs: ({"outputs": [{"output_type": "execute_result", "data": {"text/plain": "3.0"}}], "fine": True, "value": None, "first": "x"}, [])

# %% outputs that are no outputs
import coursework.answering.session as session

session.run_cell = lambda shell, source: ([1, None, {"output_type": "error", "traceback": 5}, {"output_type": "stream"}], True)

# %% outputs of fifteen megabytes a cell
import coursework.answering.session as session

session.run_cell = lambda shell, source: ([{"output_type": "stream", "name": "stdout", "text": "x" * 15_000_000}], True)

# %% range of a hundred million
EVIL = range(10**8)

# %% array of a quarter of a gigabyte
import numpy as np

EVIL = np.zeros(2**28, dtype="u1")

# %% keys that collide
import coursework.answering.session as session

keys = [[{"t": "int", "v": str(k * (2**61 - 1))}, 1] for k in range(200_000)]
session.written = lambda value, keep=None: ({"t": "list", "v": [{"t": "dict", "v": keys}]}, [], [])
