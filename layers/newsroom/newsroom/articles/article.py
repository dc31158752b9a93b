"""One page of one publisher."""

import hashlib
from typing import Literal

from newsroom.boundary import Boundary, Moment


class Article(Boundary):
    """What we know of one published page.

    `evidence` is the text that spans point into: the title, an empty line, the body. It never changes under an
    id: an edited page becomes the same article's next `revision`, kept beside the old one.
    """

    id: str
    url: str = ""
    """Canonical, http(s); empty only for articles read from a file that gave none."""
    title: str
    text: str = ""
    """The body as plain text, paragraphs parted by an empty line; empty when thin or reserved."""
    publisher_id: str = ""
    published_at: Moment | None = None
    """As the publisher states it, clamped to `fetched_at`; None when nobody dated it."""
    modified_at: Moment | None = None
    fetched_at: Moment
    language: str = "en"
    author: str = ""
    summary: str = ""
    """The feed's own summary, plain text."""
    credit: str = ""
    """The feed's `<source>` or the page's stated origin, as text; empty when the publisher claims the work."""
    thin: str = ""
    """Why the text cannot carry a story alone: paywall, consent, short, undated …; empty when it can."""
    reserved: str = ""
    """How the publisher reserved the text from AI use; such an article is a link, its text is not kept."""
    kind: Literal["report", "press-release", "opinion", "advice"] = "report"
    revision: int = 1

    @property
    def evidence(self) -> str:
        """Title, empty line, body: what a span's offsets count in, in Unicode code points."""
        return f"{self.title}\n\n{self.text}"

    @property
    def dated(self) -> Moment:
        """When it counts as published: never later than we saw it, never unknown."""
        return min(self.published_at, self.fetched_at) if self.published_at else self.fetched_at


def article_id(canonical_url: str) -> str:
    """`a` and 20 hexadecimal digits of the canonical URL's SHA-256 (80 bits: no collision in a trillion pages)."""
    return "a" + hashlib.sha256(canonical_url.encode()).hexdigest()[:20]
