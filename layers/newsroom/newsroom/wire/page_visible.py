"""What of a page a reader sees: text that nobody sees is where instructions to models hide.

Read are the attributes of each element and the page's own style sheets, as far as their selectors are one element's
names. Sheets that are files of their own are not fetched: what only they hide is found by name, in `page_prose`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from newsroom.errors import PageUnreadable

if TYPE_CHECKING:
    from lxml.html import HtmlElement

UNSEEN = (
    "script", "style", "template", "noscript", "noframes", "noembed", "svg", "object", "iframe", "datalist", "dialog",
)  # fmt: skip
DOOMED = "doomed"
FRAME = ("html", "head", "body")
"""Never taken out: pages fade in, and whoever hides a whole page hides nothing from us alone."""
MAX_STYLE = 50_000
"""Characters of a style attribute; a longer one is there to hide what comes last in it."""
MAX_COMPARED = 200_000
"""Comparisons of an element with a rule in one page: of 169 recorded ones none needs 200."""

# `[^{};@]`: a sheet of nothing but at-signs is then looked at once, not once for each of them.
MEDIA = re.compile(r"@[\w-]+[^{};@]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
EVERYWHERE = re.compile(
    r"@(?:media\s*(?:(?:only\s+)?(?:screen|all))?\s*(?:(?:and\s*)?\(\s*min-width\s*:\s*\d{1,2}(?:px)?\s*\)\s*)?"
    r"|supports[^{]*|layer[^{]*)\{",
    re.I,
)
"""What begins a group of rules that hold on every screen."""
SUSPECT = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*[hc]|opacity\s*:\s*\.?0|font(?:-size)?\s*:\s*(?:[.0]|1p)|:\s*-\d\d"
    r"|clip(?:-path)?\s*:|scale[xy]?\(|translate[xy]?\(\s*-|(?<!line-)(?:height|width)\s*:\s*[01.](?!\d)|(?<![\"'])\\|/\*"
)
"""What declarations that hide by themselves cannot do without: few have it, and only those are read."""
SELECTOR = re.compile(r"\s*([a-zA-Z][\w-]*)?((?:[.#][\w-]{1,80}){1,4})\s*")
NAME = re.compile(r"[.#][\w-]+")
CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|$)|<!--|-->", re.S)
CSS_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.I | re.S)

LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(px|pt|em|rem|%)?")
OFF_SCREEN = {"px": 400.0, "pt": 300.0, "em": 30.0, "rem": 30.0, "%": 100.0}
"""How far to the left or above nobody sees text; centring with negative margins takes less."""
UNREADABLE = {"": 0.0, "px": 1.0, "pt": 1.0, "em": 0.1, "rem": 0.1, "%": 10.0}
CLIPPED = re.compile(r"rect\(\s*[01](?:px)?(?:[\s,]+[01](?:px)?){3}\s*\)|(?:inset\((?:[5-9]\d|100)%|circle\(0)")
SHRUNK = re.compile(r"scale[xy]?\(\s*0(?:\.0+)?\s*[,)]|translate[xy]?\(\s*-\d{3,}")
HEX = re.compile(r"#([0-9a-f]{3,8})")
RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+(\d*\.?\d+%?))?\s*\)")
NAMED = {"white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250), "ivory": (255, 255, 240)}
ALIKE = 16
"""Difference of two colours, in steps of one of their channels, that no eye tells apart."""

Colour = tuple[int, int, int]
Rules = Mapping[str, list[tuple[str, frozenset[str]]]]
"""One name of a selector → (tag or nothing, all its names)."""


def without_unseen(tree: "HtmlElement") -> "HtmlElement":
    """The same tree, without elements that no reader sees; what follows them stays.

    PageUnreadable for sheets made to keep us busy.
    """
    from lxml import etree

    sight = _Sight(hidden_by_sheets(sheet.text or "" for sheet in tree.iter("style")))
    etree.strip_elements(tree, *UNSEEN, with_tail=False)
    stated = "@style or @hidden or @aria-hidden or @popover or @color" + (" or @class or @id" if sight.rules else "")
    for element in tree.xpath(f"/descendant::*[{stated}]"):
        if element.tag not in FRAME and sight.misses(element):
            element.tag = DOOMED
    etree.strip_elements(tree, DOOMED, with_tail=False)
    return tree


def hidden_by_sheets(sheets: Iterator[str]) -> Rules:
    """Selectors of classes and ids that the sheets hide on every screen; a later rule that shows them again counts."""
    hidden: dict[tuple[str, frozenset[str]], bool] = {}
    for sheet in sheets:
        for rule in MEDIA.sub(_on_every_screen, CSS_COMMENT.sub("", sheet)).split("}"):
            selectors, _, declarations = rule.partition("{")
            declarations = declarations.lower()
            hides = SUSPECT.search(declarations) is not None and hiding(declared(declarations))
            if not hides and not (hidden and "display" in declarations and showing(declared(declarations))):
                continue
            for selector in selectors.rpartition(";")[2].split(","):
                if found := SELECTOR.fullmatch(selector):
                    hidden[(found[1] or "").lower(), frozenset(NAME.findall(found[2]))] = hides
    rules: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for (tag, names), hides in hidden.items():
        if hides:
            rules.setdefault(min(names), []).append((tag, names))
    return rules


def _on_every_screen(group: re.Match[str]) -> str:
    """The rules in a group of them; none where they hold for some screens only, or for paper."""
    begun = EVERYWHERE.match(group[0])
    return group[0][begun.end() : -1] if begun else ""


def declared(declarations: str) -> dict[str, str]:
    """Property → value of declarations in lower case: `display: none; color: #fff !important`."""
    if "\\" in declarations or "/*" in declarations:
        declarations = CSS_ESCAPE.sub(_escaped, CSS_COMMENT.sub("", declarations))
    pairs = (one.partition(":") for one in declarations.split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, colon, value in pairs if colon}


def hiding(said: Mapping[str, str]) -> bool:
    """Whether declarations make text invisible by themselves."""
    return (
        said.get("display") == "none"
        or said.get("visibility") in ("hidden", "collapse")
        or said.get("content-visibility") == "hidden"
        or _at_most(said.get("opacity"), {"": 0.05, "%": 5.0})
        or _at_most(said.get("font-size"), UNREADABLE)
        or any(_at_most(size, UNREADABLE) for size in re.split(r"[\s/]", said.get("font", "")) if size[:1].isdigit())
        or any(_off_screen(said.get(name)) for name in ("left", "top", "text-indent", "margin-left", "margin-top"))
        or CLIPPED.search(said.get("clip", "") + said.get("clip-path", "")) is not None
        or SHRUNK.search(said.get("transform", "")) is not None
        or _without_room(said)
        or _blends(said.get("color", ""), _background(said))
    )


def showing(said: Mapping[str, str]) -> bool:
    return said.get("display", "none") != "none" or said.get("visibility") == "visible"


class _Sight:
    """What a reader's eye does on one page. Each style is read once, however many elements stand inside of it."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._grounds: dict[HtmlElement, str] = {}
        self._compared = 0

    def misses(self, element: "HtmlElement") -> bool:
        attributes = element.attrib
        if "hidden" in attributes or "popover" in attributes or attributes.get("aria-hidden", "").lower() == "true":
            return True
        style, colour = attributes.get("style", "").lower(), attributes.get("color", "").lower()
        if len(style) > MAX_STYLE:
            return True
        if style and (SUSPECT.search(style) or "color" in style):
            said = declared(style)
            if hiding(said):
                return True
            colour = said.get("color", colour)
        if colour and _blends(colour, self._ground(element)):
            return True
        return bool(self.rules) and self._ruled(element)

    def _ruled(self, element: "HtmlElement") -> bool:
        names = {"." + name for name in element.get("class", "").split()}
        if name := element.get("id"):
            names.add("#" + name)
        rules = [rule for one in names if one in self.rules for rule in self.rules[one]]
        self._compared += len(rules)
        if self._compared > MAX_COMPARED:
            raise PageUnreadable("hides more by its sheets than a page has")
        return any(tag in ("", element.tag) and wanted <= names for tag, wanted in rules)

    def _ground(self, element: "HtmlElement") -> str:
        """The background that an element's attributes or its ancestors' state; white, a page's own, when none does."""
        unknown: list[HtmlElement] = []
        one = element
        while one is not None and one not in self._grounds:
            unknown.append(one)
            one = one.getparent()
        ground = "white" if one is None else self._grounds[one]
        for one in reversed(unknown):
            own = _background(declared(one.get("style", "")[:MAX_STYLE].lower())) or one.get("bgcolor")
            ground = self._grounds[one] = own or ground
        return ground


def _background(said: Mapping[str, str]) -> str:
    return said.get("background-color") or said.get("background", "")


def _blends(colour: str, ground: str) -> bool:
    if not colour:
        return False
    if colour.strip() == "transparent" or (
        (glass := RGB.match(colour)) and glass[4] and not float(glass[4].strip("%"))
    ):
        return True
    seen, behind = _colour(colour), _colour(ground)
    if seen is None or behind is None:
        return False
    return all(abs(a - b) < ALIKE for a, b in zip(seen, behind, strict=True))


def _colour(written: str) -> Colour | None:
    """Red, green, blue; None for what is not understood."""
    written = written.strip().lower()
    if found := HEX.match(written):
        digits = found[1] if len(found[1]) >= 6 else "".join(digit * 2 for digit in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    if found := RGB.match(written):
        return int(found[1]), int(found[2]), int(found[3])
    return NAMED.get(written.partition(" ")[0])


def _without_room(said: Mapping[str, str]) -> bool:
    """A box of no height or width that cuts what does not fit; padding makes room for an embedded picture."""
    sizes = (said.get(name) for name in ("height", "max-height", "width", "max-width"))
    cut = said.get("overflow", said.get("overflow-y", "")) in ("hidden", "clip")
    return cut and not any(name.startswith("padding") for name in said) and any(_at_most(s, UNREADABLE) for s in sizes)


def _at_most(value: str | None, limits: Mapping[str, float]) -> bool:
    found = LENGTH.fullmatch(value) if value else None
    return found is not None and float(found[1]) <= limits.get(found[2] or "", -1.0)


def _off_screen(value: str | None) -> bool:
    found = LENGTH.match(value) if value else None
    return found is not None and float(found[1]) <= -OFF_SCREEN.get(found[2] or "", float("inf"))


def _escaped(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else 0
    return chr(code) if 0 < code < 0xD800 else found[2] or ""
