"""What may be written about each life area (F63), asked so that anybody can answer."""

from dataclasses import dataclass
from typing import Any

from models.i18n import N_, _
from models.rights import Element


@dataclass(frozen=True)
class Guidance:
    """`about` is what the area is; the questions are about what works, what is lacking and what would help."""

    about: str
    resources: str
    needs: str
    adaptation: str
    care: str = ""

    def shown(self) -> dict[str, Any]:
        asked = (
            (_("Ressurser"), _(self.resources)),
            (_("Behov"), _(self.needs)),
            (_("Tilrettelegging"), _(self.adaptation)),
        )
        return {"about": _(self.about), "asked": asked, "care": _(self.care) if self.care else None}


GUIDANCE = {
    Element.HOUSING: Guidance(
        about=N_("Hjemmet, og det som skal til for å bo godt og trygt."),
        resources=N_("Hva fungerer godt hjemme? Hva går greit på egen hånd, og hvem hjelper til?"),
        needs=N_("Hva er vanskelig eller utrygt? Hva skulle vært annerledes?"),
        adaptation=N_("Hvilke hjelpemidler, tilpasninger og tjenester finnes, og hva mangler?"),
    ),
    Element.DAYTIME: Guidance(
        about=N_("Barnehage, skole, arbeid eller det som ellers fyller dagen."),
        resources=N_("Hva går bra, og når går det best? Hva er styrkene og interessene?"),
        needs=N_("Hva er krevende? Hva er det viktig å lære eller få til?"),
        adaptation=N_("Hva må være på plass av tid, sted, utstyr, pauser og mennesker?"),
    ),
    Element.HEALTH: Guidance(
        about=N_("Helsen kort og overordnet."),
        resources=N_("Hva holder kroppen og hodet i form? Hva vet personen best selv?"),
        needs=N_("Hva påvirker hverdagen mest?"),
        adaptation=N_("Hvem følger opp, og hvor ofte? Hva skal andre gjøre hvis noe blir verre?"),
        care=N_("Skriv bare det deltakerne trenger å vite. Diagnoser og prøvesvar hører hjemme i journalen."),
    ),
    Element.SOCIAL: Guidance(
        about=N_("Familie, venner og andre som betyr noe."),
        resources=N_("Hvem er viktige? Hvem er det kontakt med, og hva gjør de sammen?"),
        needs=N_("Er det noen som er savnet, eller et fellesskap det er fint å bli en del av?"),
        adaptation=N_("Hva gjør det lettere å være sammen med andre, og hvem kan bidra?"),
        care=N_("Skriv varsomt om andre: De har ikke selv sagt ja til å stå i planen."),
    ),
    Element.ECONOMY: Guidance(
        about=N_("Å ha oversikt, og nok til det hverdagen krever."),
        resources=N_("Hva er inntekten, og hva er det god oversikt over?"),
        needs=N_("Er det noe som bekymrer, eller som står i veien for målene?"),
        adaptation=N_("Trengs det råd, hjelp til å søke om noe eller noen som ser over regningene?"),
        care=N_("Ikke skriv kontonummer eller beløp som andre ikke trenger å kjenne."),
    ),
    Element.LEISURE: Guidance(
        about=N_("Det som gir glede og påfyll."),
        resources=N_("Hva er det gøy å drive med? Hva er det fint å glede seg til?"),
        needs=N_("Hva frister å prøve eller ta opp igjen, og hva står i veien?"),
        adaptation=N_("Trengs det følge, skyss, utstyr eller noen som spør?"),
    ),
}
