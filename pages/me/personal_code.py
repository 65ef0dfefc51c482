"""The code with which another municipality adds somebody who has an account already (F199)."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pages.rendering import render
from permissions.request import opened_profile
from permissions.sign_in import personal_codes

router = APIRouter(prefix="/me/personal-code")


@router.get("")
async def show_code_page(request: Request) -> Response:
    until = await personal_codes.works_until(await opened_profile(request))
    return render(request, "me/personal_code.html", code=None, until=until)


@router.post("")
async def make_code(request: Request) -> Response:
    """Answered with the page itself: the code is kept nowhere, so no other page could show it."""
    code, until = await personal_codes.make(await opened_profile(request))
    return render(request, "me/personal_code.html", code=code, until=until)
