"""What a page says of its own making, and whether it asks to be found."""

from newsroom.settings import SCRIPTED
from newsroom.site import wording
from newsroom.stories.version import Head, Version
from newsroom.writing.draft import Writer

LABELS = {
    "claude": ("AI-synthesised", "an AI model wrote this page from the sources listed on it"),
    "excerpt": ("Excerpt digest", "quotations chosen by code, no model wrote this page"),
    "scripted": ("Demonstration", "a scripted stand-in for an AI model put this page together, by rules"),
}
"""Writer → what readers are told in the first viewport (EU AI Act, article 50), and the same in a sentence."""

SOURCE_TYPES: dict[Writer, str] = {
    "claude": "compositeWithTrainedAlgorithmicMedia", "excerpt": "composite", "scripted": "algorithmicMedia",
}  # fmt: skip
"""Writer → IPTC's digital source type (https://cv.iptc.org/newscodes/digitalsourcetype/): a model's text on people's
reports; people's words put together; a program's text without a trained model."""

INDEXED_FROM = 50
"""Score from which search engines may keep a page, if it has two origins: thin pages stay readable, not indexed."""


def made_how(version: Version) -> str:
    """The disclosure of who did what, in the number that is true."""
    base = _base(version)
    if version.draft.writer == "scripted":
        text = f"Put together for demonstration from {base} by a scripted stand-in for an AI model; no model wrote it"
    elif version.draft.writer == "claude":
        text = f"Written by an AI model ({version.draft.usage.model or 'Claude'}) from {base}"
    else:
        text = f"Quotations chosen by code from {base}; no model wrote any of it"
    text += "."
    if cleared := version.verdict.cleared:
        role = cleared.role.replace("-", " ")
        text += f" What it says of people was read by an editor ({role}) before it was published."
    if version.verdict.critic == "code":
        return text + " Checked by code against the sources; no second model took part."
    if version.verdict.critic.startswith(SCRIPTED):
        return text + " Checked by code against the sources; the second model was a scripted stand-in too."
    return text + f" Checked by code against the sources, then judged by a second model ({version.verdict.critic})."


def _base(version: Version) -> str:
    """`2 of 13 source articles (2 independent origins)`: those whose words the page cites, of all that it lists."""
    cited = {span.article_id for claim in version.draft.claims() for span in claim.spans}
    used = [source for source in version.sources if source.article_id in cited]
    listed = wording.count(len(version.sources), "source article")
    if len(used) < len(version.sources):
        listed = f"{len(used) or 'none'} of {listed}"
    origins = len({source.origin_id for source in used})
    return f"{listed} ({wording.count(origins, 'independent origin')})" if used else listed


def indexed(head: Head) -> bool:
    """Whether search engines may keep the page."""
    return head.origins >= 2 and head.score >= INDEXED_FROM and not head.retracted
