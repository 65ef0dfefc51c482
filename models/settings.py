"""Everything an operator may set, as environment variables `MEDVIRK_*` or in a `.env` file.

Only `main.py` and `migrations/env.py` construct Settings; everyone else is handed what they need.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One field a setting; the description is what `doctor` and the README show."""

    model_config = SettingsConfigDict(env_prefix="MEDVIRK_", env_file=".env", extra="ignore")

    database_url: str = Field(
        "sqlite+aiosqlite:///var/medvirk.db",
        description="Where the database is: SQLite, or postgresql+asyncpg://… when one machine is outgrown",
    )
    data_dir: Path = Field(Path("var"), description="Folder for keys, unsent mail and other files of the installation")
    base_url: str = Field("http://127.0.0.1:8000", description="The address people use; links in mail begin with it")
    production: bool = Field(
        False, description="True in real operation: refuses to start without keys of its own and without https"
    )
    data_keys: SecretStr | None = Field(
        None, description="The key ring that wraps the key of every plan and person; made in the data folder when unset"
    )
    smtp_url: SecretStr | None = Field(
        None, description="smtp://user:password@host:port, or smtps://…; unset: mail is written as .eml files"
    )
    sms_provider: Literal["sveve", "link"] | None = Field(
        None, description="Who sends text messages; unset: they are written as files"
    )
    sms_url: str | None = Field(None, description="The address of the provider's service")
    sms_token: SecretStr | None = Field(None, description="user:password or token, as the provider wants it")
    sms_sender: str = Field("Medvirk", max_length=11, description="The sender that text messages show")
    idporten_issuer: str | None = Field(None, description="ID-porten's issuer address; unset: no ID-porten button")
    idporten_client_id: str | None = Field(None, description="This installation's client id at ID-porten")
    idporten_client_jwk: SecretStr | None = Field(
        None, description="The client's private key as a JWK, with its kid; signs what we ask of ID-porten"
    )
    password_length: int = Field(12, ge=6, le=64, description="The shortest new password, in characters")
    trusted_proxies: str = Field(
        "127.0.0.1,::1", description="Addresses whose X-Forwarded-For is believed, separated by commas"
    )
    mail_from: str = Field("Medvirk <ikke-svar@medvirk.example>", description="The sender of mail")
    demo: bool = Field(False, description="Shows one-time codes on the page; only for a demonstration on loopback")
    jobs: bool = Field(True, description="Whether the web process runs the scheduled jobs too")
    synthetic_people: bool = Field(
        False, description="Accept synthetic fødselsnumre (month + 80), for demonstrations and training"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="How much the program's log says"
    )

    @field_validator("base_url")
    @classmethod
    def without_slash(cls, url: str) -> str:
        return url.rstrip("/")

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")
