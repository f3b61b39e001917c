"""Who speaks for the brand on GitHub: the accounts of a voice, and whom GitHub calls its own; never a bot."""

from collections.abc import Mapping

from onrecord.model.people import Voice
from onrecord.sources.github_issues.rows import Post

OWN = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})


def speaker(post: Post, voices: Mapping[str, Voice]) -> str | None:
    """Return the brand's voice in a post: a name from voices.yml, else the account; nothing for anyone else."""
    user = post.user
    if user is None or user.bot:
        return None
    for name, voice in voices.items():
        if voice.speaks_as("github", user.login, _text(user.id)) and _in_office(voice, post):
            return name
    return user.login if post.author_association in OWN else None


def _in_office(voice: Voice, post: Post) -> bool:
    day = post.created_at.date()
    return (voice.from_ is None or voice.from_ <= day) and (voice.until is None or day <= voice.until)


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)
