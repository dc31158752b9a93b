"""A story in a list: what it says, and what it stands on."""

from dataclasses import dataclass
from datetime import datetime

from newsroom.site import addresses
from newsroom.site.disclosure import LABELS
from newsroom.site.places import Place, Places
from newsroom.site.story_page import OCCASIONS, STATUSES
from newsroom.site.wording import count
from newsroom.stories.lifecycle import status_at
from newsroom.stories.version import Head


@dataclass(frozen=True)
class Teaser:
    """`why` says in words why the story stands where it stands, where a list is ordered by importance."""

    path: str
    headline: str
    standfirst: str
    country: Place
    desk: Place
    published: datetime
    updated: bool
    coverage: str
    score: int
    band: str
    label: str
    status: str
    """Empty where the list does not say."""
    retracted: bool
    why: str = ""


def teaser(head: Head, places: Places, as_of: datetime | None = None, why: str = "") -> Teaser:
    """`as_of`: the newest source of the site; a story is breaking beside it, not for ever. None: no status."""
    return Teaser(
        path=addresses.story(head.slug),
        headline=head.headline,
        standfirst=head.standfirst if head.standfirst != head.headline else "",
        country=places.country(head.country),
        desk=places.desk(head.desk),
        published=head.published_at,
        updated=head.version > 1,
        coverage=f"{count(head.articles, 'article')}, {count(head.origins, 'origin')}",
        score=head.score,
        band=head.band,
        label=LABELS.get(head.writer, ("", ""))[0],
        status=(OCCASIONS.get(head.occasion) or STATUSES[status_at(head, as_of)]) if as_of else "",
        retracted=head.retracted,
        why=why,
    )
