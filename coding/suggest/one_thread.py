"""One thread for the arithmetic of suggestions.

The matrices of a study are small, and several threads spend their time waiting for each other: on two cores that other
work shares, fitting and calibrating took ten times as long with two threads as with one. Sums are also added up in the
same order everywhere then, whatever the number of cores.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def one_thread() -> Iterator[None]:
    """While this lasts, linear algebra runs on one thread; serves as a decorator too."""
    import scipy.linalg  # noqa: F401  (only libraries that are loaded can be limited)
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield
