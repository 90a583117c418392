"""What a score says once the scorer's leniency is taken out. Pure: plain data in, plain data out.

The additive mixed model, score = level + subject + reviewer + noise, its variances estimated from the same scores
and everybody drawn towards the level in proportion to how little is known of them (empirical Bayes). Advice only.

- Ge, Welling, Ghahramani, "A Bayesian Model for Calibrating Conference Review Scores" (2013), as at NIPS 2013 and 2014;
- MacKay, Kenna, Low, Parker, "Calibration with confidence" (Royal Society Open Science 4, 2017), least squares on
  the graph of who scored whom, and why it must hang together;
- Tan, Wu, Bei and Xu, "Least Square Calibration for Peer Reviews" (NeurIPS 2021);
- Henderson, "Estimation of Variance and Covariance Components" (Biometrics 9, 1953),
  method III for the variances, the analysis of variance itself when every reviewer scored every subject.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

from mats_portal.web.late import late

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy import sparse, special
    from scipy.sparse import csgraph
else:
    np, sparse, special = late("numpy"), late("scipy.sparse"), late("scipy.special")
    csgraph = late("scipy.sparse.csgraph")

T = TypeVar("T", bound=Hashable)
S = TypeVar("S", bound=Hashable)
R = TypeVar("R", bound=Hashable)
Floats: TypeAlias = "NDArray[np.float64]"
Z90 = 1.6448536269514722  # the 90 % interval of a normal distribution, on both sides
GRID = 64  # Points between which the number of subjects above is interpolated; off by less than 0.03 % of them.


class Estimate(NamedTuple):
    """A subject: the calibrated mean, its standard error, the raw mean, and the 90 % interval of its rank."""

    mean: float
    se: float
    raw: float
    reviews: int
    best_rank: int
    worst_rank: int

    @property
    def interval(self) -> tuple[float, float]:
        """The 90 % interval of the mean."""
        return self.mean - Z90 * self.se, self.mean + Z90 * self.se


@dataclass(frozen=True, slots=True)
class Leniency:
    """A reviewer: how far above (lenient) or below (harsh) the others they score, drawn towards 0."""

    shift: float
    se: float
    reviews: int


@dataclass(frozen=True, slots=True)
class Variances:
    """How much scores differ by subject, by reviewer, and for no reason the model knows."""

    subject: float
    reviewer: float
    noise: float

    @property
    def reliability(self) -> float:
        """The share of one score's variance that is the subject's (the intraclass correlation)."""
        total = self.subject + self.reviewer + self.noise
        return self.subject / total if total > 0 else 0.0


@dataclass(frozen=True)
class Calibration(Generic[S, R]):
    """All estimates of one round of scores.

    components: into how many groups the scores fall that share no subject and no reviewer; comparisons between
    groups rest on the model alone. notes: sentences on what could not be estimated.
    """

    subjects: dict[S, Estimate]
    reviewers: dict[R, Leniency]
    variances: Variances
    level: float
    components: int
    notes: list[str] = field(default_factory=list)

    def probability_in_top(self, k: int) -> dict[S, float]:
        """For each subject, the probability of lying above the cut that k subjects are expected to pass."""
        means = np.array([estimate.mean for estimate in self.subjects.values()])
        errors = np.array([estimate.se for estimate in self.subjects.values()])
        if k <= 0 or k >= len(means):
            return dict.fromkeys(self.subjects, float(k > 0))
        low, high = float((means - 8 * errors).min()) - 1, float((means + 8 * errors).max()) + 1
        for _ in range(80):
            middle = (low + high) / 2
            low, high = (middle, high) if _above(means, errors, np.array([middle]))[0][0] > k else (low, middle)
        chances = _chance_above(means, errors, np.array([(low + high) / 2]))[:, 0]
        return dict(zip(self.subjects, chances.tolist(), strict=True))


def calibrate(scores: Iterable[tuple[S, R, float]]) -> Calibration[S, R]:
    """Estimate every subject and every reviewer from (subject, reviewer, score) triples.

    They come back in the order of their first score. Several scores of one pair count as several; none as empty.
    """
    triples = list(scores)
    if not triples:
        return Calibration({}, {}, Variances(0.0, 0.0, 0.0), 0.0, 0)
    named, scorers, values = zip(*triples, strict=True)
    subjects, rows = _numbered(named)
    reviewers, columns = _numbered(scorers)
    table = _Table(rows, columns, np.array(values, dtype=float), len(subjects), len(reviewers))
    variances, notes = _variances(table)
    level, shifts, shift_errors, means, errors = _solve(table, variances)
    estimates = dict(zip(subjects, _estimates(table, means, errors), strict=True))
    counts = table.column_counts.astype(int).tolist()
    shown = zip(reviewers, shifts.tolist(), shift_errors.tolist(), counts, strict=True)
    leniencies = {reviewer: Leniency(*row) for reviewer, *row in shown}
    if table.components > 1:
        notes.append(
            f"The scores fall into {table.components} groups with no reviewer in common: "
            "between groups, differences of applicants and of reviewers cannot be told apart by the scores."
        )
    return Calibration(estimates, leniencies, variances, level, table.components, notes)


def _numbered(keys: Sequence[T]) -> tuple[dict[T, int], Any]:
    """The distinct keys with their number, in the order of their first turn; and the number of each key."""
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return numbers, np.fromiter(map(numbers.__getitem__, keys), dtype=np.intp, count=len(keys))


def _estimates(table: _Table, means: Floats, errors: Floats) -> Iterator[Estimate]:
    best, worst = _rank_intervals(means, errors)
    counts = table.row_counts.astype(int)
    columns = (column.tolist() for column in (means, errors, table.row_means(), counts, best, worst))
    return map(Estimate._make, zip(*columns, strict=True))


class _Table:
    """The scores as a sparse table of counts and sums, subjects down and reviewers across."""

    def __init__(self, rows: Any, columns: Any, values: Floats, height: int, width: int) -> None:
        self.rows, self.columns, self.values = rows, columns, values
        self.counts = sparse.csr_array((np.ones(len(values)), (rows, columns)), shape=(height, width))
        self.counts.sum_duplicates()
        self.row_counts = np.bincount(rows, minlength=height).astype(float)
        self.column_counts = np.bincount(columns, minlength=width).astype(float)
        self.row_sums = np.bincount(rows, weights=values, minlength=height)
        self.column_sums = np.bincount(columns, weights=values, minlength=width)

    @cached_property
    def components(self) -> int:
        """The number of connected groups of the graph of who scored whom."""
        graph = sparse.block_array([[None, self.counts], [self.counts.T, None]])
        return int(csgraph.connected_components(graph, directed=False, return_labels=False))

    def row_means(self) -> Floats:
        """Each subject's raw mean."""
        means: Floats = self.row_sums / self.row_counts
        return means

    def reduced(self, weights: Floats) -> Floats:
        """Reviewers × reviewers: the counts' cross product with each subject weighted."""
        scaled = self.counts.multiply(weights[:, None]).tocsr()
        crossed: Floats = np.asarray((self.counts.T @ scaled).todense(), dtype=float)
        return crossed


def _variances(table: _Table) -> tuple[Variances, list[str]]:
    """Henderson's method III; a negative estimate becomes 0."""
    values, n = table.values, float(len(table.values))
    height, width = table.counts.shape
    total = float(values @ values)
    by_rows = float((table.row_sums**2 / table.row_counts).sum())
    by_columns = float((table.column_sums**2 / table.column_counts).sum())
    system = np.diag(table.column_counts) - table.reduced(1 / table.row_counts)
    right = table.column_sums - table.counts.T @ (table.row_sums / table.row_counts)
    both = by_rows + float(right @ np.linalg.lstsq(system, right, rcond=1e-10)[0])
    rank = height + width - table.components
    spread = float(values.var())
    squares = table.counts.power(2)
    for_subjects = n - float((squares.sum(axis=0) / table.column_counts).sum())
    for_reviewers = n - float((squares.sum(axis=1) / table.row_counts).sum())
    if n - rank <= 0 or for_subjects <= 0 or for_reviewers <= 0:
        note = "Too few scores to tell how much reviewers differ: scores are only drawn towards the mean."
        spread = spread or 1.0  # Nothing is known of the scale: one point of doubt, rather than none.
        return Variances(spread / 2, 0.0, spread / 2), [note]
    noise = max((total - both) / (n - rank), 0.0)
    subject = max((both - by_columns - (rank - width) * noise) / for_subjects, 0.0)
    reviewer = max((both - by_rows - (rank - height) * noise) / for_reviewers, 0.0)
    return Variances(subject, reviewer, noise), []


def _solve(table: _Table, variances: Variances) -> tuple[float, Floats, Floats, Floats, Floats]:
    """The mixed-model equations with the subjects eliminated: one dense system of the reviewers' size."""
    floor = 1e-9 * max(float(table.values.var()), 1e-12)
    noise, subject = max(variances.noise, floor), max(variances.subject, floor)
    reviewer = max(variances.reviewer, floor)
    weights = 1 / (table.row_counts / noise + 1 / subject)
    pull = table.row_counts * weights / noise
    crossed = table.counts.T @ (weights * table.row_counts) / noise**2
    system = np.empty((len(table.column_counts) + 1,) * 2)
    system[0, 0] = (table.row_counts / noise).sum() - (pull * table.row_counts / noise).sum()
    system[0, 1:] = system[1:, 0] = table.column_counts / noise - crossed
    system[1:, 1:] = np.diag(table.column_counts / noise + 1 / reviewer) - table.reduced(weights) / noise**2
    right = np.empty(len(system))
    right[0] = table.values.sum() / noise - (pull * table.row_sums / noise).sum()
    right[1:] = table.column_sums / noise - table.counts.T @ (weights * table.row_sums) / noise**2
    inverse = np.linalg.inv(system)
    found = inverse @ right
    level, shifts = float(found[0]), found[1:]
    own = (table.row_sums - table.row_counts * level - table.counts @ shifts) * weights / noise
    lever = sparse.hstack([(1 - pull)[:, None], table.counts.multiply((-weights / noise)[:, None])]).tocsr()
    errors = np.sqrt(np.maximum(weights + np.asarray(lever.multiply(lever @ inverse).sum(axis=1)).ravel(), 0))
    return level, shifts, np.sqrt(np.maximum(np.diag(inverse)[1:], 0)), level + own, errors


def _chance_above(means: Floats, errors: Floats, points: Floats) -> Floats:
    """Subjects × points: the probability that the subject lies above the point."""
    spread = np.maximum(errors, 1e-12)[:, None]
    return np.asarray(special.ndtr((means[:, None] - points[None, :]) / spread), dtype=float)


def _above(means: Floats, errors: Floats, points: Floats) -> tuple[Floats, Floats]:
    """How many subjects lie above each point: expectation and variance."""
    chances = _chance_above(means, errors, points)
    return chances.sum(axis=0), (chances * (1 - chances)).sum(axis=0)


def _rank_intervals(means: Floats, errors: Floats) -> tuple[Floats, Floats]:
    """The 90 % interval of each rank: own doubt and the others' doubt, added in squares."""
    low, high = means - Z90 * errors, means + Z90 * errors
    grid = np.linspace(float(low.min()) - 1e-9, float(high.max()) + 1e-9, GRID)
    count, variance = _above(means, errors, grid)
    middle = np.interp(means, grid, count) + (half := 0.5)  # a subject counts itself once, half above its own mean
    doubt = Z90 * np.sqrt(np.interp(means, grid, variance))
    up = middle - np.interp(high, grid, count) - half
    down = np.interp(low, grid, count) + half - middle
    best = np.clip(np.floor(middle - np.hypot(up, doubt) + half), 1, len(means)).astype(int)
    worst = np.clip(np.ceil(middle + np.hypot(down, doubt) - half), 1, len(means)).astype(int)
    return best, np.maximum(best, worst)
