"""Who speaks for the brand on GitHub: the accounts of a voice, and whom GitHub calls its own; never a bot."""

from collections.abc import Mapping

from onrecord.model.people import Voice
from onrecord.sources.github.people import voice_of
from onrecord.sources.github_issues.rows import Post

OWN = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})


def speaker(post: Post, voices: Mapping[str, Voice]) -> str | None:
    """Return the brand's voice in a post: a name from voices.yml, else the account; nothing for anyone else."""
    user = post.user
    if user is None or user.bot:
        return None
    own = user.login if post.author_association in OWN else None
    return voice_of(user, post.created_at, voices) or own
