"""Every job and its clock, on one page."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import time, timedelta

from jobs.account_changes import make_account_changes
from jobs.age_watch import watch_ages
from jobs.clear import clear_short_lived
from jobs.clocks import Daily, Every, Rhythm
from jobs.consent_reminders import remind_of_consents
from jobs.coordinator_watch import watch_coordinators
from jobs.deliver_notices import deliver_notices
from jobs.destroy_plans import destroy_plans
from jobs.end_sessions import end_sessions
from jobs.kit import Kit
from jobs.link_log import link_log, link_stragglers
from jobs.revision_reminders import remind_of_revisions
from jobs.tune import tune_database
from models.i18n import N_


@dataclass(frozen=True)
class Job:
    """`does` is a sentence to translate; `run` returns in a few words how it went; `longest` is when it is stopped."""

    name: str
    does: str
    clock: Rhythm
    run: Callable[[Kit], Awaitable[str]]
    longest: timedelta


JOBS = (
    Job("deliver-notices", N_("Sender varsler som venter."), Every(10), deliver_notices, timedelta(seconds=45)),
    Job("link-log", N_("Lenker nye rader inn i loggens kjede."), Every(60), link_log, timedelta(minutes=5)),
    Job(
        "end-sessions",
        N_("Avslutter økter som har vart for lenge eller ikke er i bruk, og skriver det i loggen."),
        Every(60),
        end_sessions,
        timedelta(minutes=4),
    ),
    Job(
        "link-stragglers",
        N_("Lenker gamle rader som ikke kom med i loggens kjede."),
        Daily(time(4, 0)),
        link_stragglers,
        timedelta(minutes=30),
    ),
    Job(
        "account-changes",
        N_("Gjennomfører endringer av kontoer som to har godkjent, når det har gått et døgn."),
        Every(300),
        make_account_changes,
        timedelta(minutes=4),
    ),
    Job(
        "tune-database",
        N_("Lar databasen gjøre opp status over tabellene sine, så søk går raskt."),
        Daily(time(4, 30)),
        tune_database,
        timedelta(minutes=10),
    ),
    Job(
        "consent-reminders",
        N_("Minner om samtykker som snart går ut: 30 og 7 dager før, og på den siste dagen."),
        Daily(time(7, 0)),
        remind_of_consents,
        timedelta(minutes=10),
    ),
    Job(
        "revision-reminders",
        N_("Minner om planer som snart skal revideres: 14 dager før, og på dagen."),
        Daily(time(7, 10)),
        remind_of_revisions,
        timedelta(minutes=10),
    ),
    Job(
        "destroy-plans",
        N_("Sletter planer for godt, når det har gått 30 dager siden de ble slettet."),
        Daily(time(3, 0)),
        destroy_plans,
        timedelta(minutes=10),
    ),
    Job(
        "coordinator-watch",
        N_("Sier fra om planer som ingen koordinerer, én gang i uka for hver plan."),
        Daily(time(7, 20)),
        watch_coordinators,
        timedelta(minutes=10),
    ),
    Job(
        "age-watch",
        N_("Sier fra 90 dager før en planeier fyller år og bestemmer mer selv, eller foresattes tilgang må vurderes."),
        Daily(time(6, 40)),
        watch_ages,
        timedelta(minutes=10),
    ),
    Job(
        "clear-short-lived",
        N_("Sletter det som ikke lenger trengs: gamle koder, økter, invitasjoner, sendte varsler og påbegynte planer."),
        Daily(time(3, 30)),
        clear_short_lived,
        timedelta(minutes=10),
    ),
)
DELIVERY = JOBS[0]
