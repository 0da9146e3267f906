"""The vocabulary of names, read once from names.yaml and given_names.txt."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from recognizers.vocabulary import load_lines, load_vocabulary

_PACKAGE = "recognizers.people"
# Letters that Unicode takes apart no further, as addresses write them: one for one, so that offsets hold.
_PLAIN = str.maketrans("’ıłŁøØđĐðħ", "'ilLoOdDdh")


def fold(name: str) -> str:
    """Lower case without accents, straight apostrophes: the form in which spellings are compared."""
    if name.isascii():
        return name.lower()
    decomposed = unicodedata.normalize("NFD", name.translate(_PLAIN))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


@dataclass(frozen=True)
class NameLexicon:
    """What a name looks like. Sets hold words as copy spells them; `given` maps folded names to f, m or e.

    `towns` are towns, counties and nations, in lower case.
    """

    given: dict[str, str]
    titles: dict[str, str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    openers: frozenset[str]
    jobs: frozenset[str]
    not_people: frozenset[str]
    not_names: frozenset[str]
    sentence_openers: frozenset[str]
    ambiguous: frozenset[str]
    nicknames: dict[str, frozenset[str]]
    monikers: tuple[str, ...]
    moniker_minors: frozenset[str]
    label_kinds: tuple[str, ...]
    name_follows: tuple[str, ...]
    name_must_follow: tuple[str, ...]
    said: tuple[str, ...]
    nouns: frozenset[str]
    place_before: tuple[str, ...]
    place_prepositions: tuple[str, ...]
    behind_ambiguous: tuple[str, ...]
    behind_opening_name: tuple[str, ...]
    behind_opening_acts: tuple[str, ...]
    names_of_places: tuple[str, ...]
    families: tuple[str, ...]
    of_a_family: frozenset[str]
    calls_by_moniker: tuple[str, ...]
    counsel: tuple[str, ...]
    numbered_monikers: frozenset[str]
    wordy_monikers: frozenset[str]
    professional_suffixes: frozenset[str]
    official_suffixes: frozenset[str]
    male_titles: frozenset[str]
    female_titles: frozenset[str]
    mister: frozenset[str]
    not_mister: frozenset[str]
    courtesy_titles: frozenset[str]
    elders: tuple[str, ...]
    behind_person: tuple[str, ...]
    before_person: tuple[str, ...]
    credits: tuple[str, ...]
    credit_parts: frozenset[str]
    renamed: tuple[str, ...]
    called_by: tuple[str, ...]
    family_titles: frozenset[str]
    seats: tuple[str, ...]
    names_listed_behind: tuple[str, ...]
    complainant_titles: frozenset[str]
    towns: frozenset[str]
    represented: tuple[str, ...]
    directions: frozenset[str]
    of_a_body: tuple[str, ...]
    of_a_people: tuple[str, ...]
    before_people: tuple[str, ...]
    fond: tuple[str, ...]
    animals: tuple[str, ...]
    pet_endings: frozenset[str]
    fond_endings: tuple[str, ...]
    known_as: tuple[str, ...]
    memorials: frozenset[str]
    office_words: frozenset[str]
    pet_tails: frozenset[str]
    not_initials: frozenset[str]
    plural_verbs: tuple[str, ...]
    glued_behind: frozenset[str]
    middle_names: frozenset[str]
    headline_words: frozenset[str]

    def is_town(self, word: str) -> bool:
        """Whether a word is the name of a town, county or nation."""
        return word.casefold() in self.towns

    def is_given(self, word: str) -> bool:
        """Whether the word (as spelled, capitals too) is a given name of the list; halves of double names
        count.
        """
        folded = fold(word)
        if folded in self.given:
            return True
        return "-" in folded and all(half in self.given for half in folded.split("-") if half)

    def gender(self, word: str) -> str:
        """f, m or e for a given name; e when it is unknown."""
        folded = fold(word)
        return self.given.get(folded) or self.given.get(folded.split("-")[0], "e")

    def same_given(self, one: str, other: str) -> bool:
        """Whether two given names are spellings or short forms of one name."""
        a, b = fold(one), fold(other)
        if a == b or b in self.nicknames.get(a, frozenset()):
            return True
        first = a.split("-")[0]
        return "-" in a and (first == b or b in self.nicknames.get(first, frozenset()))

    def short_forms(self, one: str, other: str) -> bool:
        """Whether two given names may be short for the same one ("Steven", "Stevie"): they are no slip."""
        a, b = (self.nicknames.get(fold(name), frozenset()) for name in (one, other))
        return self.same_given(one, other) or bool(a & b)


def _towns() -> frozenset[str]:
    """Towns, counties and nations, in small letters."""
    pieces = load_vocabulary("recognizers.people", "pieces.yaml")
    towns = load_lines("recognizers.people", "towns.txt")
    return frozenset(name.casefold() for name in (*towns, *pieces["larger_places"]))


def _nouns(file: str, every: bool = False) -> list[str]:
    """The nouns of family and of childhood: any may stand right in front of a name."""
    groups = load_vocabulary(_PACKAGE, file)
    if file == "stage.yaml":
        kinds = ["minor", "adult"] if every else ["minor"]
        return [noun for kind in kinds for nouns in groups[kind].values() for noun in nouns]
    return [
        noun
        for group in groups.values()
        if isinstance(group, dict)
        for nouns in group.values()
        for noun in nouns
    ]


def load_name_lexicon() -> NameLexicon:
    """Read the name vocabulary. Raises FileNotFoundError or yaml.YAMLError when a file is broken."""
    words = load_vocabulary(_PACKAGE, "names.yaml")
    given: dict[str, str] = {}
    for line in load_lines(_PACKAGE, "given_names.txt"):
        name, _, letter = line.partition(" ")
        given.setdefault(fold(name), letter)
    nicknames: dict[str, set[str]] = {}
    for group in words["nicknames"]:
        full, *short = (fold(name) for name in group)
        for name in short:
            nicknames.setdefault(full, set()).add(name)
            nicknames.setdefault(name, set()).add(full)
    titles = {title: kind for kind, group in words["titles"].items() for title in group}
    return NameLexicon(
        given=given,
        titles=titles,
        particles=frozenset(words["particles"]),
        suffixes=frozenset(words["suffixes"]),
        openers=frozenset(words["openers"]),
        jobs=frozenset(words["jobs"]),
        not_people=frozenset(words["not_people"]),
        not_names=frozenset(words["not_names"]),
        sentence_openers=frozenset(words["sentence_openers"]),
        ambiguous=frozenset(words["ambiguous"]),
        nicknames={name: frozenset(others) for name, others in nicknames.items()},
        monikers=tuple(words["monikers"]),
        moniker_minors=frozenset(words["moniker_minors"]),
        label_kinds=tuple(words["label_kinds"]),
        name_follows=tuple(
            dict.fromkeys([*words["name_follows"], *_nouns("kinship.yaml"), *_nouns("stage.yaml")])
        ),
        name_must_follow=tuple(words["name_must_follow"]),
        said=tuple(words["said"]),
        place_before=tuple(words["place_before"]),
        place_prepositions=tuple(words["place_prepositions"]),
        behind_ambiguous=tuple(words["behind_ambiguous"]),
        behind_opening_name=tuple(words["behind_opening_name"]),
        behind_opening_acts=tuple(words["behind_opening_acts"]),
        names_of_places=tuple(words["names_of_places"]),
        families=tuple(words["families"]),
        of_a_family=frozenset(words["of_a_family"]),
        calls_by_moniker=tuple(words["calls_by_moniker"]),
        counsel=tuple(words["counsel"]),
        numbered_monikers=frozenset(words["numbered_monikers"]),
        wordy_monikers=frozenset(words["wordy_monikers"]),
        professional_suffixes=frozenset(words["professional_suffixes"]),
        official_suffixes=frozenset(words["official_suffixes"]),
        male_titles=frozenset(words["male_titles"]),
        female_titles=frozenset(words["female_titles"]),
        mister=frozenset(words["mister"]),
        not_mister=frozenset(words["not_mister"]),
        courtesy_titles=frozenset(words["courtesy_titles"]),
        elders=tuple(words["elders"]),
        behind_person=tuple(words["behind_person"]),
        before_person=tuple(words["before_person"]),
        credits=tuple(words["credits"]),
        credit_parts=frozenset(words["credit_parts"]),
        renamed=tuple(words["renamed"]),
        called_by=tuple(words["called_by"]),
        towns=_towns(),
        represented=tuple(words["represented"]),
        directions=frozenset(words["directions"]),
        of_a_body=tuple(words["of_a_body"]),
        of_a_people=tuple(words["of_a_people"]),
        before_people=tuple(words["before_people"]),
        family_titles=frozenset(words["family_titles"]),
        seats=tuple(words["seats"]),
        names_listed_behind=tuple(words["names_listed_behind"]),
        complainant_titles=frozenset(words["complainant_titles"]),
        animals=tuple(words["animals"]),
        fond=tuple(words["fond"]),
        pet_endings=frozenset(words["pet_endings"]),
        fond_endings=tuple(words["fond_endings"]),
        known_as=tuple(words["known_as"]),
        memorials=frozenset(words["memorials"]),
        office_words=frozenset(words["office_words"]),
        pet_tails=frozenset(words["pet_tails"]),
        not_initials=frozenset(words["not_initials"]),
        plural_verbs=tuple(words["plural_verbs"]),
        glued_behind=frozenset(words["glued_behind"]),
        middle_names=frozenset(words["middle_names"]),
        headline_words=frozenset(words["headline_words"]),
        nouns=frozenset(words["parties"])
        | frozenset(_nouns("kinship.yaml") + _nouns("stage.yaml", every=True)),
    )
