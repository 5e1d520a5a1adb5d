"""What the operator of the server decides for every page and widget that it hands out."""

from dataclasses import dataclass

from embeddings.documents import Language
from web.server.settings import Settings

__all__ = ["Site", "site_of"]


@dataclass(frozen=True, slots=True)
class Site:
    """What the operator of the server decides for every widget that it serves.

    `exit` is the neutral page for leaving quickly, `person` where people can talk to a person,
    `keeps` whether the text of questions is kept at all, so that there is something to ask,
    `groups` whether moderators may see which questions came from one tab.
    """

    exit: str
    language: Language
    region: str | None = None
    person: str | None = None
    keeps: bool = True
    groups: bool = False


def site_of(settings: Settings) -> Site:
    """What the settings say to every widget that this server hands out."""
    person = settings.talk_to_person_url
    return Site(
        exit=str(settings.exit_url),
        language=settings.language,
        region=settings.region,
        person=str(person) if person else None,
        keeps=settings.log == "redacted",
        groups=settings.log == "redacted" and settings.conversations,
    )
