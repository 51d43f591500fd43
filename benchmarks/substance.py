"""Judges the rules on substance: right papers must raise nothing, a single mistake exactly its own finding.

Right meetings come from a seed. The first table must be empty; the second says, for each kind of mistake, how many
were tried and found. What is told is errors and warnings.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from mutations import MUTATIONS, Mutation  # noqa: E402  the paths above come first
from reading import findings  # noqa: E402
from right_papers import Pack, draw  # noqa: E402

from boardpack.diagnostics import Finding, Severity  # noqa: E402

PAPERS = 5
"""How many papers a meeting has."""
SPOILT = 2
"""How many papers a meeting with a mistake has."""
TRIES = 60
"""How many meetings are drawn until one has what a mistake needs."""


@dataclass
class Result:
    """What became of the mistakes of one kind, with an example of each that was not found exactly."""

    counts: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)


def drawn(seed: str) -> Random:
    return Random(seed)  # noqa: S311 (papers come from a seed, so that they can be had again)


def judge(pack: Pack) -> list[Finding]:
    """The errors and warnings of a meeting."""
    with tempfile.TemporaryDirectory() as folder:
        pack.write(Path(folder))
        found = findings(Path(folder))
    return [each for each in found if each.severity is not Severity.HINT]


def right(papers: int, seed: int) -> Iterator[str]:
    """The false alarms in so many right papers."""
    for number in range(-(-papers // PAPERS)):
        for each in judge(draw(drawn(f"{seed}/{number}"), PAPERS)):
            yield f"meeting {number}, {told(each)}"


def wrong(count: int, seed: int) -> dict[str, Result]:
    """What became of so many mistakes, the kinds taking turns."""
    results = {mutation.name: Result() for mutation in MUTATIONS}
    for number in range(count):
        mutation = MUTATIONS[number % len(MUTATIONS)]
        found = judge(spoilt(mutation, f"{seed}/wrong/{number}"))
        verdict = verdict_of(mutation, {each.code for each in found})
        result = results[mutation.name]
        result.counts[verdict] += 1
        if verdict != "exactly":
            others = [told(each) for each in found if each.code != mutation.code]
            said = "; ".join(others) or "nothing found"
            result.examples.append(f"mistake {number}, {mutation.name}, {verdict}: {said}")
    return results


def spoilt(mutation: Mutation, seed: str) -> Pack:
    """A meeting with one mistake of this kind."""
    for again in range(TRIES):
        random = drawn(f"{seed}/{again}")
        pack = draw(random, SPOILT)
        if mutation.change(random, pack):
            return pack
    raise AssertionError(f"no meeting has what this needs: {mutation.name}")


def verdict_of(mutation: Mutation, codes: set[str]) -> str:
    if mutation.code not in codes:
        return "missed"
    return "exactly" if codes == {mutation.code} else "with others"


def told(each: Finding) -> str:
    span = each.place.span() if each.place else None
    return f"{span.path.name}:{span.line}: {each.code}: {each.message}" if span else f"{each.code}: {each.message}"


def table(results: dict[str, Result]) -> Iterator[str]:
    verdicts = ("exactly", "with others", "missed")
    yield f"{'':36}{'tried':>7}{'exactly':>9}{'with others':>13}{'missed':>8}"
    total: Counter[str] = sum((each.counts for each in results.values()), Counter())
    for name, counts in (*((name, each.counts) for name, each in results.items()), ("all", total)):
        yield f"{name:36}{counts.total():7}{counts[verdicts[0]]:9}{counts[verdicts[1]]:13}{counts[verdicts[2]]:8}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--papers", type=int, default=1000, help="how many right papers, and how many mistakes")
    parser.add_argument("--seed", type=int, default=1, help="what the papers are drawn from")
    parser.add_argument("--examples", action="store_true", help="show every mistake that was not found exactly")
    asked = parser.parse_args()
    alarms = list(right(asked.papers, asked.seed))
    print(f"right papers: {asked.papers:,}, findings: {len(alarms)}", *alarms, "", sep="\n")
    results = wrong(asked.papers, asked.seed)
    print(*table(results), sep="\n")
    if asked.examples:
        print("", *(each for result in results.values() for each in result.examples), sep="\n")


if __name__ == "__main__":
    main()
