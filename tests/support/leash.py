"""Run a command that must not outlive whoever started it: `leash.py GRACE COMMAND…` ends it when standard input ends.

However the parent goes, be it by `kill -9`, the pipe closes, and the command is asked to end, then after GRACE seconds made to.
"""

import contextlib
import signal
import subprocess
import sys
import threading


def end(child: "subprocess.Popen[bytes]", grace: float) -> None:
    """Ask, wait, insist."""
    if grace:
        child.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(grace)
    child.kill()


def end_with_input(child: "subprocess.Popen[bytes]", grace: float) -> None:
    """Wait for the other end of the pipe to close."""
    sys.stdin.buffer.read()
    end(child, grace)


def main(grace: float, command: list[str]) -> int:
    """Start the command and stay until it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C reaches the command by itself
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=end, args=(child, grace)).start())
    threading.Thread(target=end_with_input, args=(child, grace), daemon=True).start()
    return child.wait()


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2:]))
