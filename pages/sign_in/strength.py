"""How strong a password is, while it is being typed: the rule's own judgement, kept and logged nowhere."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from models.texts import sayable
from pages.forms import posted
from pages.rendering import ENVIRONMENT
from permissions.sign_in.password_rule import LONGEST

router = APIRouter()


@router.post("/password-strength")
async def show_strength(request: Request) -> HTMLResponse:
    data = await posted(request)
    password, user_name = (sayable(str(data.get(name, "")))[: LONGEST + 1] for name in ("password", "username"))
    strength = await request.app.state.passwords.rule.glance(password, [user_name])
    shown = ENVIRONMENT.get_template("sign_in/strength.html").render(strength=strength if password else None)
    return HTMLResponse(shown)
