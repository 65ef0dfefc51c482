"""What a job is given to work with."""

import os
import secrets
from dataclasses import dataclass, field

from jobs.channels.email import Post
from models.database import Database


def _worker() -> str:
    return f"{os.getpid()}-{secrets.token_hex(6)}"


@dataclass(frozen=True)
class Kit:
    """One for each process. `worker` is the name under which it takes leases and claims."""

    database: Database
    post: Post
    base_url: str
    worker: str = field(default_factory=_worker)
