"""One named person in the making, and the index that finds the clusters a name may belong to."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from recognizers.people.ages import ADULT_AGE
from recognizers.people.candidate import Candidate
from recognizers.people.lexicon import NameLexicon, fold
from recognizers.people.slips import SpellingIndex


@dataclass(slots=True, eq=False)
class Cluster:
    """One named person in the making. `given` and `surname` are as first spelled; "" when the copy has none.

    `number` is its place among the clusters of a copy, in the order they were opened.
    """

    given: str = ""
    surname: str = ""
    middle: tuple[str, ...] = ()
    moniker: str = ""
    label: str = ""
    titles: set[str] = field(default_factory=set)
    mentions: list[Candidate] = field(default_factory=list)
    surnames: Counter[str] = field(default_factory=Counter)
    givens: Counter[str] = field(default_factory=Counter)
    ages: set[int] = field(default_factory=set)
    by_surname: int = 0
    office: bool = False
    number: int = -1
    # Starts of the mentions in ascending runs: candidates come in text order, once for full names and once
    # for others.
    _runs: list[list[int]] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where the first mention begins."""
        return min(c.start for c in self.mentions)

    @property
    def looks_minor(self) -> bool:
        """Whether an age beside a mention says so. The real decision on life stage comes later."""
        return bool(self.ages) and max(self.ages) < ADULT_AGE

    def add(self, candidate: Candidate) -> None:
        """Take a candidate for a mention of this person."""
        self.mentions.append(candidate)
        if self._runs and self._runs[-1][-1] <= candidate.start:
            self._runs[-1].append(candidate.start)
        else:
            self._runs.append([candidate.start])
        if candidate.title:
            self.titles.add(candidate.title)
        self.titles |= candidate.suffixes
        self.office = self.office or candidate.office
        if candidate.age is not None:
            self.ages.add(candidate.age)

    def distance(self, offset: int) -> tuple[int, int]:
        """How far the last mention before `offset` is, ranked before how late the first one behind it
        comes.
        """
        before = [run[place - 1] for run in self._runs if (place := bisect_left(run, offset))]
        return (0, offset - max(before)) if before else (1, min(run[0] for run in self._runs))


def split_name(words: tuple[str, ...], particles: frozenset[str]) -> tuple[str, tuple[str, ...], str]:
    """(given name, middle names, surname with its particles) of a name of two words or more."""
    first = next((i for i, word in enumerate(words) if i and word in particles), len(words) - 1)
    return words[0], words[1:first], " ".join(words[first:])


def surname_forms(surname: str) -> set[str]:
    """The folded forms under which a surname may be used: whole, its last word, either half of a double
    one.
    """
    folded = fold(surname)
    forms = {folded, folded.split()[-1]}
    if "-" in folded:
        forms |= {folded.split("-")[0], folded.split("-")[-1]}
    return forms


class ClusterIndex:
    """The clusters of a copy, looked up by the parts of their names. All names asked for are folded."""

    def __init__(self, lexicon: NameLexicon) -> None:
        self._lexicon = lexicon
        self.clusters: list[Cluster] = []
        self._exact: dict[str, Cluster] = {}
        self._halves: dict[str, list[Cluster]] = {}
        self._forms: dict[str, list[Cluster]] = {}
        self._surnames: dict[str, list[Cluster]] = {}
        self._givens: dict[str, list[Cluster]] = {}
        self._heads: dict[str, list[Cluster]] = {}
        self._middles: dict[str, list[Cluster]] = {}
        self._near_surnames = SpellingIndex()
        self._near_givens = SpellingIndex()

    def add(self, cluster: Cluster) -> None:
        """Open a cluster; its surname and middle names must be known by now."""
        cluster.number = len(self.clusters)
        self.clusters.append(cluster)
        if cluster.surname:
            surname = fold(cluster.surname)
            self._surnames.setdefault(surname, []).append(cluster)
            self._near_surnames.near(surname)
            for half in dict.fromkeys(surname.split("-")):
                self._halves.setdefault(half, []).append(cluster)
            for form in surname_forms(cluster.surname):
                self._forms.setdefault(form, []).append(cluster)
        for middle in {fold(word) for word in cluster.middle}:
            self._middles.setdefault(middle, []).append(cluster)
        self._put_given(cluster)

    def regive(self, cluster: Cluster, given: str) -> None:
        """Give a cluster a fuller given name than it had ("A." is Angela)."""
        self._givens[fold(cluster.given)].remove(cluster)
        cluster.given = given
        self._put_given(cluster)

    def call(self, cluster: Cluster, name: str) -> None:
        """Let a cluster go by another first name as well ("Bobby" for Robert)."""
        bearers = self._givens.setdefault(fold(name), [])
        if cluster not in bearers:
            bearers.append(cluster)

    def exact(self, key: str) -> Cluster | None:
        """The cluster of a label or moniker."""
        return self._exact.get(key)

    def add_exact(self, key: str, cluster: Cluster) -> None:
        """Open the cluster of a label or moniker."""
        self._exact[key] = cluster
        self.add(cluster)

    def given(self, name: str) -> list[Cluster]:
        """Clusters of that given name."""
        return self._givens.get(name, [])

    def middle(self, name: str) -> list[Cluster]:
        """Clusters with that middle name."""
        return self._middles.get(name, [])

    def called(self, name: str) -> list[Cluster]:
        """Clusters that go by the name `name` as a surname or half of one."""
        return self._forms.get(name, [])

    def short(self, name: str) -> list[Cluster]:
        """Clusters whose given name is a spelling or short form of `name`."""
        keys = sorted({name, *self._lexicon.nicknames.get(name, ())})
        return _in_order(c for key in keys for c in (*self._givens.get(key, ()), *self._heads.get(key, ())))

    def like_surname(self, name: str) -> list[Cluster]:
        """Clusters whose surname is a slip of `name`."""
        return _in_order(c for other in self._near_surnames.near(name) for c in self._surnames.get(other, ()))

    def like_any(self, name: str) -> list[Cluster]:
        """Clusters whose surname or given name is a slip of `name`."""
        given = (c for other in self._near_givens.near(name) for c in self._givens.get(other, ()))
        return _in_order([*self.like_surname(name), *given])

    def namesakes(self, surname: str) -> list[Cluster]:
        """Clusters with a surname that is `surname`, shares a half with it, or is a slip of it."""
        halves = (c for half in dict.fromkeys(surname.split("-")) for c in self._halves.get(half, ()))
        return _in_order([*halves, *self.like_surname(surname)])

    def _put_given(self, cluster: Cluster) -> None:
        if not cluster.given:
            return
        given = fold(cluster.given)
        self._givens.setdefault(given, []).append(cluster)
        self._near_givens.near(given)
        if "-" in given:
            self._heads.setdefault(given.split("-")[0], []).append(cluster)


def _in_order(clusters: Iterable[Cluster]) -> list[Cluster]:
    return sorted(dict.fromkeys(clusters), key=lambda c: c.number)
