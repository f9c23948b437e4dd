"""The linear classifier: regularised least squares, one code against the rest, over the words of the examples.

The theme texts are training documents beside the coder's passages ("anchored"), so that a code without any coding has
an example of its own. Solved over the examples, not over the features: a study has some hundred passages and twenty
thousand features, and one solution serves all codes. On the example study this ranks as a linear support vector
machine does and fits ten times as fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

MOST_ROWS = 2000
"""More examples than this are thinned, evenly, so that memory and time stay bounded."""


class Solver(msgspec.Struct, frozen=True):
    """What a solution needs to know of the examples and their weights, whatever their codes: made once for all rounds.

    `root`: the square roots of the weights. `factor`: the weighted kernel as factors (Cholesky).
    """

    root: Any
    factor: Any

    def weights(self, targets: Any) -> Any:
        """Matrix examples × codes: what each example counts for in the score of each code.

        `targets`: examples × codes, from -1 (not this code) to 1.
        """
        from scipy.linalg import cho_solve

        return cho_solve(self.factor, targets * self.root, check_finite=False) * self.root


def solver(kernel: Any, weights: Sequence[float]) -> Solver:
    """The solver for these examples: kernel ridge regression (Saunders, Gammerman & Vovk 1998) with penalty 1.

    `kernel`: examples × examples, the likeness of their words. `weights`: how much each example counts; 0 takes it out.
    """
    import numpy as np
    from scipy.linalg import cho_factor

    root = np.sqrt(np.asarray(weights, dtype=float))[:, None]
    weighted = (kernel + 1.0) * root * root.T
    weighted.flat[:: len(weighted) + 1] += 1.0
    return Solver(root, cho_factor(weighted, overwrite_a=True, check_finite=False))


def fitted_weights(kernel: Any, targets: Any, weights: Sequence[float]) -> Any:
    """`Solver.weights` of examples that are asked for once."""
    return solver(kernel, weights).weights(targets)


def scores(kernel: Any, dual: Any) -> Any:
    """Matrix texts × codes of scores, about -1 to 1, from `kernel`: texts × examples."""
    return (kernel + 1.0) @ dual


def thinned(count: int, most: int) -> list[int]:
    """`most` of `count` row numbers, evenly spread, the same every time; all of them where there are no more."""
    return list(range(count)) if count <= most else [index * count // most for index in range(most)]
