"""Puts the application together: the rooms, the generated screens, and the two shells around them all."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from models.database import Database
from models.settings import Settings
from pages import cookies, drafts, errors, health, promises, status, terms
from pages.administering import deleting, ending
from pages.administering import facts as plan_facts
from pages.administering import kind as plan_kind
from pages.baton import routes as baton
from pages.baton import standing_in, tasks
from pages.consent import answering, lessening, recording, resetting
from pages.consent import routes as consent
from pages.cooperation import contributions
from pages.cooperation import routes as cooperation
from pages.coordination import administered
from pages.coordination import people as coordination_people
from pages.coordination import routes as coordination
from pages.evaluation import routes as evaluation
from pages.evaluation import writing as evaluation_writing
from pages.goals import activities, comments, measuring, order, quick, school_year
from pages.goals import history as goal_history
from pages.goals import picture as goal_picture
from pages.goals import promises as goal_promises
from pages.goals import routes as goals
from pages.life_areas import routes as life_areas
from pages.making import account as making_account
from pages.making import content as making_content
from pages.making import person as making_person
from pages.making import plan as making_plan
from pages.making import routes as making
from pages.making import summary as making_summary
from pages.me import card, personal_code, picture
from pages.me import routes as me
from pages.me.security import app, contacts, password
from pages.me.security import routes as own_security
from pages.participants import adding, changing, deciding
from pages.participants import routes as participants
from pages.past import routes as past
from pages.past import versions
from pages.plans import (
    about,
    administration,
    age,
    apart,
    completeness,
    home,
    invitations,
    journal,
    listing,
    more,
    pictures,
    prepared,
    timeline,
    undo,
    young,
)
from pages.plans import bin as recycle_bin
from pages.plans import settings as plan_settings
from pages.reports import routes as reports
from pages.rights import changing as changing_rights
from pages.rights import looking
from pages.rights import routes as rights
from pages.rights import standard as standard_rights
from pages.security import Security
from pages.session import routes as session
from pages.sign_in import code, forgotten, invitation, leaving, linking, strength
from pages.sign_in import id_porten as by_id_porten
from pages.sign_in import routes as sign_in
from pages.subject_plans import routes as subject_plans
from permissions.sign_in.id_porten.client import IdPorten
from permissions.sign_in.passwords import Passwords
from permissions.transaction import Transaction

ROOMS = (
    *(health, status, terms, cookies, sign_in, code, forgotten, strength, by_id_porten, linking, leaving, invitation),
    session,
    *(me, card, picture, personal_code),
    *(own_security, password, contacts, app),
    administration,
    *(plan_facts, plan_kind, ending, deleting),
    *(making, making_person, making_plan, making_content, making_account, making_summary),
    *(listing, home, timeline, more, invitations, young, pictures, drafts),
    *(adding, deciding, participants, changing),
    *(goal_history, order, school_year, goals, activities, comments, quick, goal_picture),
    *(measuring, goal_promises, promises),
    *(apart, age),
    *(about, journal, plan_settings, prepared, life_areas, subject_plans),
    *(evaluation, evaluation_writing, cooperation, contributions, completeness),
    *(undo, recycle_bin, past, versions),
    *(changing_rights, standard_rights, rights, looking),
    *(baton, standing_in, tasks, coordination, coordination_people, administered),
    *(recording, resetting, lessening, answering, consent),
    reports,
)


def build(
    settings: Settings,
    database: Database,
    passwords: Passwords,
    *,
    lifespan: Callable[[FastAPI], Any],
    id_porten: IdPorten | None,
    admin: ASGIApp,
) -> FastAPI:
    """Security is outermost, so that nothing enormous or foreign begins a transaction."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan, redirect_slashes=False)
    furnish(app, settings, database, passwords, id_porten=id_porten)
    for room in ROOMS:
        app.include_router(room.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    app.mount("/admin", admin)
    errors.install(app)
    app.add_middleware(Transaction)
    app.add_middleware(Security, https=settings.is_https, partner=id_porten.origins if id_porten else "")
    return app


def furnish(
    app: FastAPI, settings: Settings, database: Database, passwords: Passwords, *, id_porten: IdPorten | None
) -> None:
    """All that a built house knows of the installation it stands in."""
    app.state.database, app.state.passwords, app.state.settings = database, passwords, settings
    app.state.id_porten = id_porten
    app.state.https, app.state.demo, app.state.wake = settings.is_https, False, lambda: None
