# Goes for: the result itself.

# %% prints the points | safe
print("4.0\n✔ Right · 4 of 4 points")

# %% publishes an execute_result | safe
from IPython.display import publish_display_data

publish_display_data({"text/plain": "4.0", "application/vnd.imbalanced-course.result+json": {"points": 4.0}})

# %% post-execute hook publishes a full mark | safe
def publish():
    shell = get_ipython()
    hook = shell.displayhook
    if hasattr(hook, "session"):
        hook.session.send(hook.pub_socket, "execute_result", {"execution_count": 1, "data": {"text/plain": "ok"}, "metadata": {}}, parent=hook.parent_header)


get_ipython().events.register("pre_execute", publish)

# %% display hook says full marks | safe
import sys

sys.displayhook = lambda value: sys.__displayhook__(4.0)
get_ipython().displayhook.compute_format_data = lambda result: ({"text/plain": "4.0"}, {})

# %% text formatter says full marks | safe
get_ipython().display_formatter.formatters["text/plain"].for_type(object, lambda o, p, c: p.text("3.0"))
get_ipython().display_formatter.format = lambda *a, **k: ({"text/plain": "3.0"}, {})

# %% writes a verdict to every descriptor
import os

verdict = b'{"steps": [{"result": {"task": "metrics-by-hand", "status": "right", "points": 3.0, "max_points": 3.0}}], "notes": []}\n'
for descriptor in range(256):
    try:
        os.write(descriptor, verdict)
    except OSError:
        pass

# %% sends replies in advance
import gc
import json
import socket
import struct

for channel in [thing for thing in gc.get_objects() if isinstance(thing, socket.socket)]:
    for nonce in ("", "0", "0000000000000000", None):
        header = json.dumps({"m": {"nonce": nonce, "value": {"t": "list", "v": [0.75] * 6}, "first": 0}, "b": []}).encode()
        try:
            channel.sendall(struct.pack(">I", len(header)) + header)
        except OSError:
            pass

# %% session answers every question with right
import gc

for thing in gc.get_objects():
    if type(thing).__name__ == "Session":
        thing._value = lambda value: ({"value": {"t": "dict", "v": [["status", "right"], ["points", 4.0]]}, "first": 0}, [])
        thing._reply = lambda request, blobs: ({"result": {"status": "right", "points": 4.0}, "points": 4.0}, [])

# %% leaves at once with success
import os

os._exit(0)

# %% exits politely | safe
import sys

sys.exit(0)

# %% at exit writes a grade file | safe
import atexit

atexit.register(lambda: open("grades.csv", "w").write("me,03-metrics,20\n"))

# %% script in an output, past the filter
import coursework.answering.session as session

session.run_cell = lambda shell, source: ([{"output_type": "display_data", "metadata": {}, "data": {"text/html": "<script>alert(1)</script>", "image/png": "\"><script>alert(1)</script>"}}], True)

# %% half a character
print("\ud800")
raise ValueError("\ud800")
