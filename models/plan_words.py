"""What the words of plans are called on the screen; `models.labels` holds them with all others."""

from enum import Enum
from typing import Any

from models.i18n import N_
from models.plans.rules.words import (
    ActivityStatus,
    Basis,
    ConsentMethod,
    CooperationState,
    CoordinatorKind,
    DeleteReason,
    EvaluationKind,
    HandoverState,
    HomeBlock,
    MeasureKind,
    Mood,
    Part,
    PlanState,
    ProposalKind,
    ProposalState,
    TaskKind,
)

PLAN_WORDS: dict[type[Enum], dict[Any, str]] = {
    Part: {
        Part.GOALS: N_("Mål og aktiviteter"),
        Part.LIFE_AREAS: N_("Livsområder (kartlegging)"),
        Part.EVALUATION: N_("Evaluering"),
        Part.SUBJECT_PLANS: N_("Fagplaner"),
        Part.JOURNAL: N_("Sist jeg var her"),
        Part.MESSAGES: N_("Meldinger"),
        Part.CALENDAR: N_("Kalender"),
        Part.DOCUMENTS: N_("Dokumenter"),
        Part.LOG: N_("Logg"),
    },
    PlanState: {
        PlanState.DRAFT: N_("Utkast"),
        PlanState.AWAITING_SIGNATURES: N_("Venter på signatur"),
        PlanState.ACTIVE: N_("Aktiv"),
        PlanState.INACTIVE: N_("Avsluttet"),
        PlanState.DELETED: N_("Slettet"),
    },
    MeasureKind: {
        MeasureKind.MEASURED: N_("Målt"),
        MeasureKind.CHECK_IN: N_("Slik jeg opplever det"),
    },
    Mood: {
        Mood.HAPPY: N_("Glad"),
        Mood.CALM: N_("Rolig"),
        Mood.TIRED: N_("Sliten"),
        Mood.SAD: N_("Lei meg"),
        Mood.WORRIED: N_("Bekymret"),
        Mood.ANGRY: N_("Sint"),
    },
    EvaluationKind: {
        EvaluationKind.REFLECTION: N_("Egne tanker"),
        EvaluationKind.GOAL: N_("Evaluering av mål"),
        EvaluationKind.YEARLY: N_("Årsrapport"),
    },
    CooperationState: {
        CooperationState.ESTABLISHED: N_("I gang"),
        CooperationState.WANTED: N_("Ønsket"),
    },
    HomeBlock: {
        HomeBlock.ABOUT: N_("Om meg selv"),
        HomeBlock.JOURNAL: N_("Sist jeg var her"),
        HomeBlock.NEWS: N_("Nytt siden sist"),
        HomeBlock.COMING: N_("Kommende hendelser"),
        HomeBlock.MESSAGES: N_("Siste meldinger"),
        HomeBlock.GOALS: N_("Mål"),
        HomeBlock.VISITORS: N_("Hvem har besøkt planen"),
        HomeBlock.COMPLETENESS: N_("Hva planen skal inneholde"),
    },
    Basis: {
        Basis.CONSENT: N_("Samtykke"),
        Basis.DECISION: N_("Vedtak"),
        Basis.STATUTORY_TASK: N_("Lovpålagt oppgave"),
    },
    ConsentMethod: {
        ConsentMethod.DIGITAL: N_("Digitalt"),
        ConsentMethod.PAPER: N_("På papir"),
        ConsentMethod.ORAL: N_("Muntlig, nedtegnet"),
    },
    ActivityStatus: {
        ActivityStatus.PLANNED: N_("Planlagt"),
        ActivityStatus.UNDER_WAY: N_("I gang"),
        ActivityStatus.DONE: N_("Avsluttet"),
        ActivityStatus.CANCELLED: N_("Avlyst"),
    },
    ProposalKind: {
        ProposalKind.JOIN: N_("Ny deltaker"),
        ProposalKind.WIDEN: N_("Mer tilgang"),
    },
    ProposalState: {
        ProposalState.WAITING: N_("Venter på svar"),
        ProposalState.APPROVED: N_("Godkjent"),
        ProposalState.DECLINED: N_("Avslått"),
        ProposalState.WITHDRAWN: N_("Trukket"),
    },
    HandoverState: {
        HandoverState.OFFERED: N_("Venter på svar"),
        HandoverState.ACCEPTED: N_("Tatt imot"),
        HandoverState.DECLINED: N_("Takket nei"),
        HandoverState.WITHDRAWN: N_("Trukket"),
    },
    TaskKind: {
        TaskKind.CONSENT_WITHDRAWN: N_("Samtykket er trukket"),
        TaskKind.CONSENT_SHORTENED: N_("Samtykket slutter tidligere"),
        TaskKind.CONSENT_RENEWAL: N_("Noen ønsker at samtykket fornyes"),
        TaskKind.NEW_CONSENT: N_("Nytt samtykke fra den unge"),
        TaskKind.GUARDIAN_REVIEW: N_("Gå gjennom hva foresatte ser"),
        TaskKind.PARTICIPANT_LEFT: N_("En deltaker har forlatt planen"),
    },
    DeleteReason: {
        DeleteReason.MADE_BY_MISTAKE: N_("Planen ble laget ved en feil"),
        DeleteReason.NEVER_USED: N_("Planen ble aldri tatt i bruk"),
        DeleteReason.KEPT_ELSEWHERE: N_("Planen er tatt vare på et annet sted"),
        DeleteReason.OTHER: N_("Noe annet"),
    },
    CoordinatorKind: {
        CoordinatorKind.COORDINATOR: N_("Koordinator"),
        CoordinatorKind.CHILD_COORDINATOR: N_("Barnekoordinator"),
    },
}
