"""Processes that act until they are killed, and tell through a pipe what has returned."""

import os
import random
import select
import signal
import time

SHORTEST, LONGEST = 0.05, 0.25


def killed(act, *, count=1, shortest=SHORTEST, longest=LONGEST, by=None):
    """Let `count` processes act; end them at a random moment; return the lines they told.

    act: takes the number of the process and the descriptor to tell to. The moment: seconds after
    the first line. by: what happens to them before SIGKILL does.
    """
    children, pipes = _started(act, count)
    select.select(pipes, [], [], 30)
    time.sleep(random.uniform(shortest, longest))
    if by:
        by()
    for child in children:
        os.kill(child, signal.SIGKILL)
    for child in children:
        os.waitpid(child, 0)
    return [line for pipe in pipes for line in _read_all(pipe)]


def _started(act, count):
    children, pipes = [], []
    for number in range(count):
        inside, outside = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                act(number, outside)
            except BaseException as error:  # noqa: BLE001  a client that fails must be seen
                os.write(outside, f"error {type(error).__name__} {error}\n".encode())
            os._exit(1)
        os.close(outside)
        children.append(child)
        pipes.append(inside)
    return children, pipes


def _read_all(pipe):
    """Return the whole lines that were written before the end."""
    text = b""
    while part := os.read(pipe, 65536):
        text += part
    os.close(pipe)
    return text.decode().split("\n")[:-1]
