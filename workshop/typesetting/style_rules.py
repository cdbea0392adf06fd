"""Find the rule of a style sheet that gives an element a property."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import Any

import cssselect2
import tinycss2

from workshop.composing.pages.render_job import Stylesheet
from workshop.diagnostics import Location
from workshop.typesetting.complaints import place_in_sheet

_AROUND_RULES = frozenset({"media", "supports", "layer"})
# A property may be set as a part of another.
_PARTS_OF = {"font-size": ("font",)}


class StyleRules:
    """Looks rules up in style sheets, in the order of `stylesheets`; parses them when asked."""

    def __init__(self, stylesheets: Sequence[Stylesheet], html: Any) -> None:
        self._stylesheets = stylesheets
        self._html = html

    def place_of(self, names: Collection[str], element: Any) -> Location | None:
        """Return where one of these properties is set for an element, or for one around it."""
        names = {*names, *(more for name in names for more in _PARTS_OF.get(name, ()))}
        wrapper = self._wrappers.get(element)
        while wrapper is not None:
            if _sets(wrapper.etree_element.get("style"), names):
                return None  # by the element itself, which stands in a template
            entries = [
                (important, selector.specificity, number, place)
                for number, (important, selector, place) in enumerate(self._setting(names))
                if selector.pseudo_element is None and selector.test(wrapper)
            ]
            if entries:
                return max(entries, key=lambda entry: entry[:3])[3]
            wrapper = wrapper.parent
        return None

    def call_for(self, name: str) -> bool:
        """Tell whether any page calls for the running elements of this name."""
        called = re.compile(rf"\belement\(\s*{re.escape(name)}\b", re.IGNORECASE)
        return any(called.search(sheet.css) for sheet in self._stylesheets)

    @cached_property
    def _wrappers(self) -> dict[Any, Any]:
        root = self._html.wrapper_element
        return {wrapper.etree_element: wrapper for wrapper in root.iter_subtree()}

    def _setting(self, names: Collection[str]) -> Iterator[tuple[bool, Any, Location]]:
        """Yield every selector of a rule that sets one of the properties, with its place."""
        for sheet, rule, selectors in self._rules:
            for entry in tinycss2.parse_blocks_contents(rule.content):
                if entry.type == "declaration" and entry.lower_name in names:
                    place = place_in_sheet(sheet, entry.source_line, entry.source_column)
                    for selector in selectors:
                        yield entry.important, selector, place

    @cached_property
    def _rules(self) -> list[tuple[Stylesheet, Any, list[Any]]]:
        rules = []
        for sheet in self._stylesheets:
            parsed = tinycss2.parse_stylesheet(sheet.css, skip_comments=True, skip_whitespace=True)
            for rule in _flat(parsed):
                try:
                    selectors = cssselect2.compile_selector_list(rule.prelude)
                except cssselect2.SelectorError:
                    continue
                rules.append((sheet, rule, selectors))
        return rules


def _sets(style: str | None, names: Collection[str]) -> bool:
    """Tell whether an element's own style sets one of the properties."""
    entries = tinycss2.parse_blocks_contents(style or "")
    return any(entry.type == "declaration" and entry.lower_name in names for entry in entries)


def _flat(rules: Sequence[Any]) -> Iterator[Any]:
    for rule in rules:
        if rule.type == "qualified-rule":
            yield rule
        elif rule.type == "at-rule" and rule.lower_at_keyword in _AROUND_RULES and rule.content:
            yield from _flat(tinycss2.parse_rule_list(rule.content, skip_comments=True))
