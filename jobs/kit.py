"""What a job is given to work with."""

import os
import secrets
from dataclasses import dataclass, field

from jobs.channels.email import Post, make_post
from jobs.channels.sms import Sms, make_sms
from models.database import Database
from models.settings import Settings


def _worker() -> str:
    return f"{os.getpid()}-{secrets.token_hex(6)}"


@dataclass(frozen=True)
class Kit:
    """One for each process. `worker` is the name under which it takes leases and claims."""

    database: Database
    post: Post
    sms: Sms
    base_url: str
    sms_sender: str = "Medvirk"
    worker: str = field(default_factory=_worker)


def make_kit(settings: Settings, database: Database) -> Kit:
    """The kit that the settings ask for. Raises ValueError for a mail server or a provider that cannot be one."""
    url = settings.smtp_url.get_secret_value() if settings.smtp_url else None
    post = make_post(url, settings.data_dir, settings.mail_from, settings.base_url)
    return Kit(database, post, make_sms(settings), settings.base_url, settings.sms_sender)
