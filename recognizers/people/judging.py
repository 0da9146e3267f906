"""Whether a run of capitalised words is a name, and which signal says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from recognizers.model import Source
from recognizers.people.ages import NUMBER
from recognizers.people.capitals import CapitalWord
from recognizers.people.grammar import any_of
from recognizers.people.lexicon import NameLexicon, fold
from recognizers.people.spans import Spans
from recognizers.people.text import ReadableText
from recognizers.vocabulary import load_lines, load_vocabulary

AGE_BEHIND = re.compile(
    rf"(?:,| \(| aged| -) ?(?:aged |now |then |just |only )*({NUMBER})"
    r"(?=[,.;:)\s-])(?! ?(?:per|%|of\b|[a-z]+s\b))"
)
# "Ireoluwa Adeyemi was seven weeks old".
# "Hear me from Barry", "West Clare".
_FROM = re.compile(r"\bfrom $")
# "A plasterer from Bellaghy"
_HAILS_FROM = re.compile(r"\b(?:an?|the) (?:[a-z-]+ ){1,3}from $")
_LEAST_PARTS = 2
_AGE_TOLD = re.compile(rf" (?:was|is)(?: just| only)? {NUMBER} (?:year|month|week|day)s? old\b")
# "I've", "UK-born", "MPs": capitals that no name has.
CONTRACTED = re.compile(r"'(?:ve|m|ll|d|re|t)$|-[a-z]{3,}|^[A-Z]{2,}(?:-|s$)")
# An age set off like one: ", 8," or "(8)".
_SET_OFF_AGE = re.compile(rf"(?:, (?:aged |now )?{NUMBER}[,.;]| \((?:aged )?{NUMBER}\))")
_NUMBER_BEHIND = re.compile(r" (?:\d|[A-Z]\d)")
_POSTCODE_BEHIND = re.compile(r",? [A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b")
# "Freya, Logan and baby Isla": between other names.
_NAME_BEFORE = re.compile(r"[A-Z][a-z]+, $")
_NAME_NEXT = re.compile(r",? (?:and |[A-Z])")
# "would walk to Carlisle"
_TO_A_TOWN = re.compile(r"\b(?:to|from|via|through|towards?|between|past|of|into) $")
# "to Skye, Mull and Islay": a list behind a preposition.
_LIST_BEFORE = re.compile(r"\b(?:to|from|for|between|across|via) $")
_LIST_BEHIND = re.compile(r", ([A-Z][\w'-]+)(?:, [A-Z][\w'-]+)*,? (?:and|or) ([A-Z][\w'-]+)")
# "Jade and Liam Pickering": a first name shares the surname of the full name behind it.
_SHARES_SURNAME = re.compile(r" (?:and|&) ([A-Z][\w'-]+) [A-Z][\w'-]+")
# Behind a name set off as an aside, and between names of a list.
_ASIDE_ENDS = re.compile(r"(?:[,.;:)]|$| and\b|'s\b)")
_LIST_GOES_ON = re.compile(r"(?: and |, (?:and )?(?:baby |little )?[A-Z])")
_MATE_BEFORE = re.compile(r"\b(?<!\bof )([A-Z][\w'-]+),? and (?:baby |little )?$")
_MATE_BEHIND = re.compile(r" and ([A-Z][\w'-]+)\b")
# What somebody called by a name does ("keeps asking", "was the loud one").
_ACTS = re.compile(
    r" (?:[a-z]+ed|was|is|had|has|would|could|did|does|ate|ran|sang|came|went|never|always|just|still|only"
    r"|keeps|thinks|knows|loves|says|wants|asks|likes|goes|needs|sleeps|dreams|hates|cries|laughs) [a-z]"
)
_REACH = 24
_LIST_REACH = 90
# A capitalised word of so few letters that the copy also writes small is no name.
_SMALL = 2
_LONGEST_NAME = 4


def opens_place_list(lexicon: NameLexicon, clean: str, start: int, end: int) -> bool:
    """Whether a word opens a list of places: the others in it are nobody's first names."""
    if _LIST_BEFORE.search(clean[max(0, start - _REACH) : start]) is None:
        return False
    behind = _LIST_BEHIND.match(clean, end)
    return behind is not None and not any(lexicon.is_given(word) for word in behind.groups())


class Tagged:
    """What the tagger said: spans of persons, and of places, organisations and nationalities."""

    def __init__(
        self,
        persons: Iterable[tuple[int, int]],
        elsewhere: Iterable[tuple[int, int]],
        places: frozenset[str] = frozenset(),
    ) -> None:
        """`places` are words that the copy somewhere gives a council, a court or a police force."""
        self.places = places
        self.person_ends = dict(persons)
        self.persons = Spans(self.person_ends.items())
        self.elsewhere = Spans(elsewhere)


class NameJudge:
    """Knows the signals for and against a name. Made once; keeps nothing between copies."""

    def __init__(self, lexicon: NameLexicon, *, cues: bool = True) -> None:
        """Without `cues` the words beside a name count for nothing: to measure what they bring."""
        self._lexicon = lexicon
        self._cues = cues
        larger = load_vocabulary("recognizers.people", "pieces.yaml")["larger_places"]
        self._towns = frozenset(map(fold, (*load_lines("recognizers.people", "towns.txt"), *larger)))
        self._team_behind = re.compile(rf" {any_of(lexicon.plural_verbs)}\b")
        follows = "|".join(sorted(map(re.escape, lexicon.name_follows), key=len, reverse=True))
        said = "|".join(map(re.escape, lexicon.said))
        behind = "|".join(
            sorted((re.escape(n) for n in lexicon.nouns if " " not in n), key=len, reverse=True)
        )
        places = "|".join([*lexicon.place_prepositions, *map(re.escape, lexicon.place_before)])
        certain = "|".join(map(re.escape, lexicon.name_must_follow))
        self._kin_title = re.compile(rf"\b(?:{'|'.join(re.escape(e.title()) for e in lexicon.elders)}) $")
        self._kin_before = re.compile(rf"\b(?:{follows}),? $", re.IGNORECASE)
        self._certain_before = re.compile(rf"\b(?:{certain}),? $")
        listed = "|".join(map(re.escape, lexicon.names_listed_behind))
        # "her granda, Packie,", "her brothers Cormac and Odhrán", "the other children, Fionn, Aoibhín and …"
        self._kin_aside = re.compile(rf"\b(?:{certain}|{'|'.join(map(re.escape, lexicon.elders))}), $")
        self._credit_before = re.compile(rf"\b{any_of(lexicon.credits)}: $", re.IGNORECASE)
        # "Jordan (not his real name)"
        self._renamed = re.compile(rf"(?: \(|, ){any_of(lexicon.renamed)}")
        self._first_listed = re.compile(rf"\b(?:{listed}),? $")
        name = r"(?:baby |little |newborn )?[A-Z][\w'-]+(?:,? \(?(?:aged )?\w+\)?)?"
        self._listed = re.compile(
            rf"\b(?:{listed}),? (?:{name}, )*{name}(?:, and|,| and) (?:baby |little |newborn )?$"
        )
        self._said_behind = re.compile(rf",? (?:{said})\b")
        self._said_before = re.compile(rf"\b(?:{said}) $")
        self._place_before = re.compile(rf"(?:\b(?:{places})|\d\)?, (?:of|from)) $")
        animals = "|".join(map(re.escape, lexicon.animals))
        self._animal_before = re.compile(
            rf"\b(?:{animals})(?:,| (?:called|named|known as))? $", re.IGNORECASE
        )
        self._animal_behind = re.compile(
            rf",? (?:a|an|the|his|her|their) (?:[\w-]+ ){{0,3}}(?:{animals})\b", re.IGNORECASE
        )
        self._noun_behind = re.compile(rf" (?:{behind})\b")
        self._people_behind = re.compile(rf" {any_of(lexicon.of_a_people)}\b")
        self._people_before = re.compile(rf"\b{any_of(lexicon.before_people)} $", re.IGNORECASE)
        self._verb_behind = re.compile(rf"(?:'s [a-z]| (?:{'|'.join(lexicon.behind_ambiguous)})\b)")
        self._acts_behind = re.compile(rf" {any_of(lexicon.behind_person)}\b")
        self._office_before = re.compile(rf"\b{any_of(sorted(lexicon.office_words))} $")
        self._opening_acts = re.compile(rf" {any_of(lexicon.behind_opening_acts)} [a-z]|(?: [a-z]+)?[,.] ?\"")
        self._acted_on = re.compile(rf"\b{any_of(lexicon.before_person)} $")
        self._opening_behind = re.compile(rf"(?:'s|,|(?: {'| '.join(lexicon.behind_opening_name)}))\b")

    def behind_place(self, clean: str, start: int) -> bool:
        """Whether the words in front of `start` lead to a place ("in", "the village of")."""
        return self._place_before.search(clean[max(0, start - _REACH) : start]) is not None

    def is_town(self, word: str) -> bool:
        """Whether a word is the name of a town or county."""
        return fold(word) in self._towns

    def judge(
        self,
        readable: ReadableText,
        words: list[CapitalWord],
        signals: Tagged,
        title: str,
        cued: bool,
        shouted: bool,
    ) -> Source | None:
        """Which signal makes this run a name; None when it is none.

        `title` is the title in front, `cued` that a word of family or childhood stands there, `shouted` that
        the run belongs to a line in capitals (its words are in title case here).
        """
        lexicon, clean = self._lexicon, readable.clean
        start, end = words[0].start, words[-1].end
        texts = [w.text.title() if w.text.isupper() and len(w.text) > 2 else w.text for w in words]
        first = texts[0]
        if shouted and any(t.lower() in lexicon.nouns for t in texts):
            return None
        told = AGE_BEHIND.match(clean, end) or _AGE_TOLD.match(clean, end) or self._renamed.match(clean, end)
        age = self._cues and told is not None
        title = title if self._cues else ""
        if self._only_words(texts, title) and not (len(texts) == 1 and first in lexicon.ambiguous and age):
            return None
        given = lexicon.is_given(first)
        place = any(t in lexicon.not_people for t in (texts[1:] if given and len(texts) > 1 else texts))
        before = clean[max(0, start - _REACH) : start]
        kin = self._cues and (cued or self._kin_before.search(before) is not None)
        if place and given and len(texts) == 1 and kin:
            # "her grandad Bill"
            place = False
        if place and not (len(texts) == 2 and (age or title) and given):
            return None
        if len(texts) > 1 and first in lexicon.openers and not (age or title):
            # "Little Acorns", "Tiny Tum": a brand.
            return None
        if len(first) <= _SMALL and readable.writes_small(first) and not (age or title):
            # "An NHTCU spokesman", "My Forsyth": a word that opens a sentence.
            return None
        if len(texts) > 1 and texts[-1] in lexicon.titles and clean.startswith("'s ", end):
            # "Nottingham Coroner's Court"
            return None
        if _NUMBER_BEHIND.match(clean[end : end + 3]) or (not title and first in lexicon.names_of_places):
            return None
        if title:
            return "cue"
        if len(texts) == 1 and (first.lower() in lexicon.nouns or first in lexicon.openers):
            return None
        if shouted:
            strong = given and first not in lexicon.ambiguous and len(texts) == 2
            return "cue" if kin or age else "names_list" if strong else None
        tagged = signals.persons.touches(start, end)
        if self._is_place(clean, texts, start, end) and not (age or title):
            return None
        if len(texts) > 1:
            return self._several(texts, tagged, given, age, kin)
        return self._single(readable, first, start, end, before, signals, tagged, given, age, kin)

    def _is_place(self, clean: str, texts: list[str], start: int, end: int) -> bool:
        """ "West Clare", "counties Armagh and Down", "a 16-year-old Belfast boy", "hear me from Barry"."""
        lexicon = self._lexicon
        if not lexicon.is_town(texts[-1]):
            return False
        if len(texts) > 1:
            return len(texts) == _LEAST_PARTS and texts[0] in lexicon.directions
        return (
            not lexicon.is_given(texts[0])
            or self._noun_behind.match(clean, end) is not None
            or _FROM.search(clean, max(0, start - _REACH), start) is not None
        )

    def _only_words(self, texts: list[str], title: str) -> bool:
        """Whether all words of the run are ordinary ones; behind a title the first of them may be a
        surname.
        """
        lexicon = self._lexicon
        return all(
            t in lexicon.not_names or t in lexicon.titles or t in lexicon.sentence_openers for t in texts
        ) and not (title and texts[0] not in lexicon.not_names)

    def _several(self, texts: list[str], tagged: bool, given: bool, age: bool, kin: bool) -> Source | None:
        if age and len(texts) <= _LONGEST_NAME:
            return "cue"
        if tagged:
            return "tagger"
        if given and len(texts) <= _LONGEST_NAME and all(t not in self._lexicon.not_names for t in texts):
            return "names_list"
        return "cue" if kin and len(texts) <= _LONGEST_NAME else None

    def _single(
        self,
        readable: ReadableText,
        word: str,
        start: int,
        end: int,
        before: str,
        signals: Tagged,
        tagged: bool,
        given: bool,
        age: bool,
        kin: bool,
    ) -> Source | None:
        """The hard case: one capitalised word."""
        lexicon, clean = self._lexicon, readable.clean
        if not self._name_shaped(clean, word, start, tagged) or self.is_pet(clean, before, end):
            return None
        if self._credit_before.search(before):
            # "(Picture: Rex)": an agency.
            return None
        if (
            clean.startswith(" o'", end)
            or opens_place_list(lexicon, clean, start, end)
            or self._team(readable, before, start, end)
        ):
            return None
        first_name = given and word not in lexicon.ambiguous
        # A known first name between others is a name, whatever the tagger says.
        listed = (
            first_name
            and _NAME_BEFORE.search(before) is not None
            and _NAME_NEXT.match(clean[end : end + 6]) is not None
        )
        elsewhere = signals.elsewhere.touches(start, end)
        # Whom somebody speaks to or of by a first name the tagger often takes for a town.
        quoted = first_name and readable.quotation_at(start) is not None
        # "Dominic would have thought this funny", "shouted at Tobi", "student nurse Ngozi", whatever the
        # tagger takes them for.
        acted_on = first_name and self._acted_on.search(before) is not None
        acts = acted_on or (
            first_name
            and (self._acts_behind.match(clean, end) or self._office_before.search(before)) is not None
        )
        shares = given and self._shares_surname(clean, end)
        if self._cues and word not in lexicon.not_names and word not in lexicon.openers:
            if self._among_family(clean, before, start, end):
                return "cue"
            if not elsewhere and not readable.opens_sentence(start):
                mate = self._mate_of_name(before, clean[end : end + 12])
                if mate and not readable.writes_small(word):
                    return "cue"
        if not (age or kin) and (
            # "a missing Bolton girl"
            self._noun_behind.match(clean, end)
            or self._people_behind.match(clean, end)
            or self._people_before.search(before)
            or (self._place_before.search(before) and not acted_on)
            or (not given and _HAILS_FROM.search(before))
            or word in signals.places
            or (elsewhere and not (listed or quoted or acts or shares))
            # A word that the copy also writes small is a word.
            or readable.writes_small(word)
        ):
            return None
        if _POSTCODE_BEHIND.match(clean[end : end + 12]):
            # The town of an address.
            return None
        opens = readable.opens_sentence(start)
        set_off = not opens and not elsewhere and _SET_OFF_AGE.match(clean[end : end + 14])
        if age and word not in lexicon.not_names and (given or tagged or set_off):
            return "cue"
        if kin and (given or tagged or (not opens and self._certain_before.search(before))):
            return "cue"
        if kin and not (opens or elsewhere) and word.casefold() not in lexicon.towns:
            if self._kin_title.search(before) and self._name_alone(readable, word):
                # "Nana Mo"
                return "cue"
            # "Stepmum Tash wrote": a word that is nothing else.
            follows = _ACTS.match(clean, end) or self._said_behind.match(clean, end)
            if follows and self._name_alone(readable, word):
                return "cue"
        if word.casefold() in lexicon.towns and not (age or kin):
            # "Birkenhead", whatever the tagger takes it for; a known surname is found as one all the same.
            placed = _TO_A_TOWN.search(before) is not None
            if placed or (not given and self._said_behind.match(clean, end) is None):
                return None
        if word in lexicon.ambiguous:
            return self._ambiguous(clean, word, end, tagged, given, opens)
        if tagged and (given or not self.is_town(word) or self._said_behind.match(clean, end)):
            return "tagger"
        if listed or (given and not opens) or (shares and word not in lexicon.not_names):
            return "names_list"
        quoted = opens and not elsewhere and before.endswith('"') and self._name_alone(readable, word)
        if quoted and _ACTS.match(clean, end):
            return "cue"
        if not given:
            return None
        if self._said_behind.match(clean, end) or self._said_before.search(before):
            return "cue"
        if self._opening_behind.match(clean[end : end + 6]):
            return "names_list"
        # "Kirsty sat in her car for two hours": what a first name does, and nothing else.
        spoken = not elsewhere or readable.quotation_at(start) is not None
        word_only = word in lexicon.not_names or word in lexicon.sentence_openers
        acts = spoken and not word_only and not readable.writes_small(word)
        return "names_list" if acts and self._opening_acts.match(clean, end) else None

    def _team(self, readable: ReadableText, before: str, start: int, end: int) -> bool:
        """ "Bowls: Alexandra win again": a word that opens a line or follows a colon, and a verb of many."""
        opens = readable.opens_sentence(start) or before.endswith(": ")
        return opens and not before.endswith('"') and self._team_behind.match(readable.clean, end) is not None

    def _name_alone(self, readable: ReadableText, word: str) -> bool:
        """Whether a word that no list knows can be what a family calls somebody ("Zee keeps asking")."""
        lexicon = self._lexicon
        return self._cues and not (
            readable.writes_small(word)
            or word in lexicon.not_names
            or word in lexicon.not_people
            or word in lexicon.sentence_openers
            or word.lower() in lexicon.nouns
        )

    def _among_family(self, clean: str, before: str, start: int, end: int) -> bool:
        """Whether the words in front are of family and lead to a name, or to a list that it stands in."""
        if self._kin_aside.search(before) and _ASIDE_ENDS.match(clean, end):
            return True
        if self._first_listed.search(before) and _LIST_GOES_ON.match(clean, end):
            return True
        return self._listed.search(clean[max(0, start - _LIST_REACH) : start]) is not None

    def _mate_of_name(self, before: str, behind: str) -> bool:
        """Whether an unlisted word stands in a list with a listed first name ("Ciarán and Úna")."""
        lexicon = self._lexicon
        mates = [m[1] for m in (_MATE_BEFORE.search(before), _MATE_BEHIND.match(behind)) if m is not None]
        return any(lexicon.is_given(m) and m not in lexicon.ambiguous for m in mates)

    def is_pet(self, clean: str, before: str, end: int) -> bool:
        """ "Bruno, a nine-year-old labrador", "the family's spaniel Poppy"."""
        return self.behind_animal(before) or self._animal_behind.match(clean, end) is not None

    def behind_animal(self, before: str) -> bool:
        """Whether `before`, the words in front of a name, end with an animal ("a greyhound called")."""
        return self._animal_before.search(before) is not None

    def _shares_surname(self, clean: str, end: int) -> bool:
        """ "Leszek and Irena Banas": whatever the tagger takes the first of a couple for."""
        shared = _SHARES_SURNAME.match(clean, end)
        return shared is not None and self._lexicon.is_given(shared[1])

    def _name_shaped(self, clean: str, word: str, start: int, tagged: bool) -> bool:
        lexicon = self._lexicon
        if len(word) < 2 or clean[start - 1 : start].isdigit() or CONTRACTED.search(word):
            return False
        if word.isupper() and not tagged:
            return False
        halves = word.split("-")
        return len(halves) == 1 or not all(
            half in lexicon.not_names or half in lexicon.not_people for half in halves
        )

    def _ambiguous(
        self, clean: str, word: str, end: int, tagged: bool, given: bool, opens: bool
    ) -> Source | None:
        """A first name that is also a word: the tagger, or a verb behind it, must bear it out."""
        lexicon = self._lexicon
        if tagged and not opens:
            return "names_list"
        if not given or word in lexicon.not_names or word in lexicon.sentence_openers:
            return None
        if self._shares_surname(clean, end):
            return "names_list"
        return "names_list" if self._verb_behind.match(clean[end : end + 9]) else None
