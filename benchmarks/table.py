"""The one table that the benchmark prints: a row for each measure, a column for each number of papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """A measure at each size. A value above ``goal`` misses it, at the sizes ``judged``."""

    label: str
    values: Mapping[int, float | str]
    unit: str = ""
    goal: float | None = None
    judged: tuple[int, ...] = field(default=())

    def verdict(self) -> str:
        """The goal and whether it was met at every size that it is judged at."""
        if self.goal is None:
            return ""
        numbers = {size: value for size, value in self.values.items() if isinstance(value, float)}
        judged = {size: value for size, value in numbers.items() if not self.judged or size in self.judged}
        missed = [f"{size:,}" for size in sorted(judged) if judged[size] > self.goal]
        met = f"missed at {', '.join(missed)}" if missed else "met" if judged else "not measured"
        return f"≤ {self.goal:.2f}: {met}"

    def shown(self, size: int) -> str:
        value = self.values.get(size, "")
        if isinstance(value, str):
            return value
        return f"{value:.0f}{self.unit}" if self.unit == " MiB" else f"{value:.2f}{self.unit}"


def ratio(label: str, above: Row, below: Row, goal: float) -> Row:
    """One row divided by another where both were measured."""
    values: dict[int, float | str] = {}
    for size, value in above.values.items():
        other = below.values.get(size)
        if isinstance(value, float) and isinstance(other, float):
            values[size] = value / other
    return Row(label, values, " ×", goal)


def show(rows: Sequence[Row], sizes: Sequence[int]) -> str:
    """The table as text, in columns as wide as they need to be."""
    head = ["papers", *(f"{size:,}" for size in sizes), "goal"]
    body = [[row.label, *(row.shown(size) for size in sizes), row.verdict()] for row in rows]
    widths = [max(len(line[index]) for line in [head, *body]) for index in range(len(head))]
    lines = [
        "  ".join(
            [
                line[0].ljust(widths[0]),
                *(text.rjust(width) for text, width in zip(line[1:-1], widths[1:-1], strict=True)),
                line[-1],
            ]
        ).rstrip()
        for line in [head, *body]
    ]
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])
