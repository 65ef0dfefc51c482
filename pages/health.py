"""Whether the house is up: for a load balancer or a watchman, with nothing about anybody in it."""

from fastapi import APIRouter
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

router = APIRouter()


@router.get("/healthz")
async def health(request: Request) -> Response:
    async with request.app.state.database.reading() as session:
        await session.execute(text("SELECT 1"))
    return PlainTextResponse("ok")
