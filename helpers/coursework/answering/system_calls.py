"""Refuse the system calls that an answer has no use for, but could escape its limits with.

Memory behind `memfd_create` and System V shared memory counts for no limit of a process; with a further user namespace
an answer could mount file systems without a size. The rest only opens more of the kernel than is needed.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

# Name of the call: its number on x86-64 and on 64-bit ARM.
_REFUSED: dict[str, tuple[int, int]] = {
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsmount": (432, 432),
    "mount_setattr": (442, 442),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kcmp": (312, 272),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "open_by_handle_at": (304, 265),
    "personality": (135, 92),
}
_CLONE, _CLONE3 = (56, 220), (435, 435)
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_NAMESPACE_FLAGS = 0x7E020000  # every CLONE_NEW… that clone takes
_FOREIGN_NUMBERS = 0x40000000  # the x32 calls begin here
_SET_SECCOMP, _FILTER = 22, 2
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def refuse_system_calls() -> None:
    """Have the kernel refuse the calls above from now on, in this process and all that it starts.

    Does nothing on processors whose call numbers are not listed here: the namespaces and limits hold without it.

    Raises
    ------
    OSError
        When the kernel does not take the filter.
    """
    if platform.machine() not in _ARCHITECTURES:
        return
    steps = _steps(*_ARCHITECTURES[platform.machine()])
    program = _Program(len(steps) // 8, steps)
    if ctypes.CDLL(None, use_errno=True).prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"no filter for system calls: {os.strerror(code)}")


def _steps(column: int, architecture: int) -> bytes:
    """Return the filter as the kernel's small machine reads it: 8 bytes a step."""
    refuse, unknown = _REFUSE | errno.EPERM, _REFUSE | errno.ENOSYS
    steps = [
        (_LOAD, 0, 0, 4),  # the processor's kind
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, refuse),
        (_LOAD, 0, 0, 0),  # the call's number
        (_JUMP_AT_LEAST, 0, 1, _FOREIGN_NUMBERS),
        (_RETURN, 0, 0, refuse),
        (_JUMP_EQUAL, 0, 1, _CLONE3[column]),
        (_RETURN, 0, 0, unknown),  # its flags are out of the filter's sight; the C library falls back to clone
    ]
    for numbers in _REFUSED.values():
        steps += [(_JUMP_EQUAL, 0, 1, numbers[column]), (_RETURN, 0, 0, refuse)]
    steps += [
        (_JUMP_EQUAL, 0, 3, _CLONE[column]),
        (_LOAD, 0, 0, 16),  # its flags
        (_JUMP_BITS, 0, 1, _NAMESPACE_FLAGS),
        (_RETURN, 0, 0, refuse),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
