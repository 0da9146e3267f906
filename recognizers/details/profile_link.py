"""PROFILE_LINK: links to somebody's page on social media or an appeal site, with or without https://."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recognizers.details.base import CERTAIN, DetailRecognizer
from recognizers.details.contact_owner import ContactOwner, Owner
from recognizers.details.ownership import words
from recognizers.details.view import View
from recognizers.model import Observation
from recognizers.vocabulary import load_vocabulary

_PATH = r"[\w.~:/?#@!$&*+,;=%-]*"
_LEAD = re.compile(r"(?:https?://|(?<![\w.@/]))(?:[a-z]{1,6}(?:-[a-z]{2})?\.)?$", re.IGNORECASE)
_LONGEST_LEAD = 24
_TRAILING = ".,;:!?*&#-"


@dataclass(frozen=True, slots=True)
class _Site:
    page: re.Pattern[str]
    business: re.Pattern[str] | None
    not_pages: frozenset[str]
    appeals: bool


class ProfileLinkRecognizer(DetailRecognizer):
    """Marks profile links; facts: `owner`, and `value` (host and path, lower case, without scheme)."""

    def __init__(self) -> None:
        super().__init__("profile_link", "PROFILE_LINK")
        entries = load_vocabulary(__package__ or "recognizers.details", "profile_link.yaml")
        self._owner = ContactOwner()
        self._sites: dict[str, _Site] = {}
        for entry in entries:
            business = re.compile(entry["business"], re.IGNORECASE) if "business" in entry else None
            page = re.compile(rf"(?:{entry['page']})(?=[/?#&]|$)", re.IGNORECASE)
            site = _Site(page, business, frozenset(entry.get("not", ())), entry.get("appeals") == "yes")
            self._sites.update(dict.fromkeys(entry["hosts"], site))
        self._link = re.compile(
            rf"(?<![\w@-])(?P<host>{words(self._sites)})/(?P<path>{_PATH})", re.IGNORECASE
        )

    def observe(self, view: View) -> Iterator[Observation]:
        """Every link to a page that is somebody's; share buttons, logins and searches are nobody's."""
        lowered = view.text.lower()
        if not any(host in lowered for host in self._sites):
            return
        for match in self._link.finditer(view.text):
            path = match["path"].rstrip(_TRAILING)
            site = self._sites[match["host"].casefold()]
            page = site.page.match(path)
            if page is None or path.split("/")[0].split("?")[0].casefold() in site.not_pages:
                continue
            lead = _LEAD.search(view.text[max(0, match.start() - _LONGEST_LEAD) : match.start()])
            if lead is None:
                continue
            start, end = match.start() - len(lead[0]), match.start("path") + len(path)
            facts: dict[str, str] = {"owner": self._whose(view, site, page, start, end)}
            facts["value"] = f"{match['host']}/{path}".rstrip("/").casefold()
            yield Observation("PROFILE_LINK", start, end, CERTAIN, self.name, facts=facts)

    def _whose(self, view: View, site: _Site, page: re.Match[str], start: int, end: int) -> Owner:
        if view.helpline(start, end):
            return "helpline"
        if site.business and site.business.match(page.string):
            return "business"
        if site.appeals:
            return "personal"
        return self._owner.of_handle(view, page["who"], start)
