"""Run inside bubblewrap to learn whether answers can be shut in there: exits 0, or says what the kernel refuses.

No other end has the exit code `REFUSED`: a Python that does not even come this far is told apart by that.
"""

import sys

REFUSED = 71


def main() -> int:
    """Go through each step that an answer's process goes through."""
    import os

    from coursework.answering.isolation import (
        IsolationError,
        Limits,
        confine,
        drop_root,
        enter_nursery,
        fork_first_process,
    )

    try:
        drop_root()
        namespace = enter_nursery()
        child = fork_first_process(namespace)
        if child == 0:
            try:
                confine(Limits())
            except (IsolationError, OSError) as error:
                print(error, file=sys.stderr, flush=True)
                os._exit(REFUSED)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status)
    except (IsolationError, OSError) as error:
        print(error, file=sys.stderr)
        return REFUSED


if __name__ == "__main__":
    sys.exit(main())
