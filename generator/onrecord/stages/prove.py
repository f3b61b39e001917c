"""`onrecord check --online`: asks the accounts of `voices.yml` whether they point back, and keeps what they say."""

from dataclasses import replace
from datetime import datetime

from onrecord.config import Proofs
from onrecord.errors import OnRecordError
from onrecord.log import proofs
from onrecord.proofs.asking import Asker, Way
from onrecord.proofs.kinds import Places
from onrecord.proofs.prove import prove, told
from onrecord.proofs.values import Ask, Ours
from onrecord.record import addresses
from onrecord.stages.gather import Folder
from onrecord.talk import Talk


def asker(settings: Proofs) -> Asker:
    """Return the way to the network, as the settings allow it."""
    resolver = (str(settings.resolver), settings.resolver_port) if settings.resolver else None
    return Asker(
        Way(
            token=settings.token,
            allow_private=settings.allow_private,
            ca_file=settings.ca_file,
            proxy=settings.proxy,
            resolver=resolver,
        )
    )


def prove_accounts(
    folder: Folder, ask: Ask, now: datetime, talk: Talk, *, dry_run: bool = False, places: Places | None = None
) -> Folder:
    """Return the site with what is known of its accounts now, kept on disk but for a dry run; says each outcome.

    Raises `OnRecordError` when what was known before cannot be read: writing over it would forget it.
    """
    if folder.log.demo:
        talk.say("This is the demo: its accounts are made up, so nobody is asked.")
        return folder
    broken = [problem for problem in folder.log.problems if problem.place.path == proofs.FILE]
    if broken:
        raise OnRecordError(broken)
    site = folder.settings.site.url.rstrip("/") + "/"
    ours = Ours(site, site + addresses.VOICES)
    today = now.astimezone(folder.settings.zone).date()
    found = []
    for proved in prove(folder.log.voices, ours, folder.log.proofs, ask, today, places or Places()):
        talk.say(told(proved))
        found.append(proved.proof)
    if not dry_run:
        proofs.write_proofs(folder.root, found)
    return replace(folder, log=replace(folder.log, proofs=tuple(found)))
