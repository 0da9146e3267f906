"""What only the whole copy decides: signs that add up, victims told later, a newborn's death."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from recognizers.harm.page import HINT, STRONG, TOLD, WEAK, Page, Trace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recognizers.harm.lexicon import Category

_SEXUAL = ("child_sexual_abuse", "sexual_violence")
_SIGNS_NEEDED = 2
_SIGNS_ALONE = {"child": 4}  # and otherwise 3, where no case is told of, and no harm outright
_CHILD_THROUGHOUT = 3  # sentences that speak of a child, where the opening does not
_HINTS_TELL = 3  # sentences with a hint in them, which together are one sign
_NEEDED_KINDS = {
    "child": frozenset({"child", "newborn", "childhood", "offspring"}),
    "partner": frozenset({"partner"}),
    "newborn": frozenset({"newborn", "child"}),
}


def settle(page: Page, categories: Mapping[str, Category], deadly: re.Pattern[str]) -> dict[str, list[Trace]]:
    """The traces of `page` by category, after what the whole copy says about them."""
    _settle_signs(page, categories)
    _settle_unknown_victims(page)
    _settle_vague(page)
    by_category: dict[str, list[Trace]] = {}
    for trace in page.traces:
        by_category.setdefault(trace.category, []).append(trace)
    _settle_newborn(page, by_category)
    _settle_killing(by_category, deadly)
    _settle_exploited(by_category)
    if not page.kinds & _NEEDED_KINDS["child"]:
        # "Arranging the travel of others": nobody young is exploited in such copy.
        by_category.pop("child_exploitation", None)
    return by_category


def _settle_signs(page: Page, categories: Mapping[str, Category]) -> None:
    """Two signs of a harm, or one beside the harm told outright or hinted at throughout, tell of it."""
    counted: dict[str, int] = {}
    outright = {t.category for t in page.traces if not t.sign and t.weight >= TOLD}
    for name in {t.category for t in page.traces if t.sign}:
        victim = categories[name].victim
        if victim == "child" and page.of_animals:
            continue
        needed = _NEEDED_KINDS.get(victim)
        throughout = victim not in ("child", "partner") or (
            victim == "child" and page.child_units >= _CHILD_THROUGHOUT
        )
        if needed and not needed & (page.kinds if throughout else page.opening_kinds):
            continue
        count = page.separate(t for t in page.traces if t.sign and t.category == name)
        told = any(t.category == name and not t.sign and t.weight >= TOLD for t in page.traces)
        hinted = {t.unit for t in page.traces if t.category == name and not t.sign and t.weight == HINT}
        newborn_died = name == "baby_loss" and "newborn" in page.kinds and "child_death" in outright
        alone = not told and not newborn_died and not page.cases
        if alone and count < _SIGNS_ALONE.get(victim, 3):
            continue
        counted[name] = count + told + newborn_died + (len(hinted) >= _HINTS_TELL)
    page.traces = [
        replace(t, weight=TOLD) if t.sign and counted.get(t.category, 0) >= _SIGNS_NEEDED else t
        for t in page.traces
    ]


def _settle_unknown_victims(page: Page) -> None:
    """Give sexual offences whose victim the copy does not tell in that sentence to those it does tell of."""
    about_victims = {t.unit for t in page.traces if t.category == _SEXUAL[0] and t.weight < WEAK}
    told_later = page.childhoods & about_victims
    adults = any(
        t.category == _SEXUAL[1] and t.victim not in ("", "child") and t.concrete for t in page.traces
    )
    abused_child = any(
        t.concrete and (t.vague or t.category == "child_exploitation") and t.category.startswith("child_")
        for t in page.traces
    )
    for index, trace in enumerate(page.traces):
        unknown = trace.category == _SEXUAL[1] and trace.weight >= TOLD and not trace.victim
        near_child = bool({trace.unit + 1, trace.unit + 2} & told_later) or (abused_child and not adults)
        if unknown and near_child:
            page.traces[index] = replace(trace, category=_SEXUAL[0], victim="child")
    child = {t.unit for t in page.traces if t.category == _SEXUAL[0] and t.concrete and t.weight >= TOLD}
    adult = {
        t.unit
        for t in page.traces
        if t.category == _SEXUAL[1] and t.concrete and t.victim not in ("", "child")
    }
    if len(child) >= max(1, len(adult)):
        page.traces = [
            t
            for t in page.traces
            if t.category != _SEXUAL[1] or (t.victim and t.unit not in child) or t.weight < WEAK
        ]


def _settle_vague(page: Page) -> None:
    """Abuse of a kind the words do not tell goes with the harm to a child that the copy tells outright."""
    own = {t.category for t in page.traces if t.vague}
    told = any(
        t.concrete
        and not t.vague
        and t.weight >= TOLD
        and t.victim in ("", "child")
        and t.category.startswith("child_")
        for t in page.traces
        if t.category != "child_death" and t.category not in own
    )
    if told:
        page.traces = [t for t in page.traces if not t.vague]


def _settle_killing(by_category: dict[str, list[Trace]], deadly: re.Pattern[str]) -> None:
    """The one act that killed a child is the child's death and no assault besides."""
    if not any(t.weight >= TOLD and t.concrete for t in by_category.get("child_death", ())):
        return
    hurt = [t for t in by_category.get("child_physical_abuse", ()) if t.weight >= WEAK]
    if hurt and all(deadly.search(t.words) for t in hurt):
        del by_category["child_physical_abuse"]


def _settle_exploited(by_category: dict[str, list[Trace]]) -> None:
    """The dens that dealers keep are where a child was exploited, and no home that neglected it."""
    exploited = any(t.weight >= TOLD and t.concrete for t in by_category.get("child_exploitation", ()))
    neglect = [t for t in by_category.get("child_neglect", ()) if t.weight >= WEAK]
    if exploited and neglect and all(t.sign for t in neglect):
        del by_category["child_neglect"]


def _settle_newborn(page: Page, by_category: dict[str, list[Trace]]) -> None:
    """A natural death in the first weeks is baby loss alone; a killing is a child's death alone."""
    losses = by_category.get("baby_loss", [])
    if not any(t.weight >= TOLD for t in losses):
        return
    if page.unless.get("baby_loss"):
        by_category["baby_loss"] = [
            t for t in losses if (t.weight >= STRONG and not t.sign) or t.weight < WEAK
        ]
        return
    deaths = by_category.pop("child_death", [])
    losses += [replace(t, category="baby_loss") for t in deaths if t.weight >= TOLD]
    losses.sort(key=lambda t: (t.start, t.end))
