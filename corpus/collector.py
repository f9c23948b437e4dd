"""Python's search for unreachable values (the cyclic garbage collector), paused while a study is read or reported on.

What is made then is immutable and stays, a million values of it: searching them again and again takes as long as the
work itself and finds nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """No search inside, whether as `with` or as a decorator; afterwards as it was before."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
