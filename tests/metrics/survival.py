"""What an independent library of survival analysis says of waits."""

import math
import warnings
from collections.abc import Sequence
from datetime import timedelta

from onrecord.metrics.curve import Wait

with warnings.catch_warnings():  # the library's own, as it is imported
    warnings.simplefilter("ignore")
    from lifelines import KaplanMeierFitter
    from lifelines.utils import qth_survival_time


def by_lifelines(waits: Sequence[Wait], shares: tuple[float, ...]) -> list[tuple[float, bool]]:
    """Return the hours in which each share of waits ended, an unreached share as more than the longest wait."""
    lengths = [wait.length / timedelta(hours=1) for wait in waits]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        curve = KaplanMeierFitter().fit(lengths, [wait.is_over for wait in waits]).survival_function_
        # The curve is a product of floats: what is equal but for the last bits is equal.
        found = [float(qth_survival_time(round(1 - share, 9), curve.round(9))) for share in shares]
    return [(max(lengths), True) if math.isinf(length) else (length, False) for length in found]
