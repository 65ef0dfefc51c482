"""What amis is asked to draw for a desk: one table with its filter, and one dialog a form."""

from typing import Any

from fastapi import Request
from fastapi_amis_admin.amis.components import (
    ActionType,
    AmisNode,
    ColumnOperation,
    Dialog,
    Form,
    FormItem,
    TableColumn,
    TableCRUD,
)

from admin.filters import filter_items, search_item
from admin.items import form_items
from models.i18n import _

IN_A_ROW = 3
"""A row with more buttons than this shows only as many as the desk says."""
MANY = 6
"""A form with more fields than this is drawn in columns where there is room."""


async def table(desk: Any, request: Request) -> TableCRUD:
    """The desk's list. Its address carries the filters, so that the file of the list can ask for the same rows."""
    columns = [_column(desk, column) for column in type(desk).list_display]
    buttons = await desk.get_actions(request, flag="item")
    if buttons:
        columns.append(ColumnOperation(label=_("Valg"), buttons=_compact(buttons, desk.in_sight), fixed=None))
    return TableCRUD(
        api=f"get:{desk.address}/list",
        name="register",
        columns=columns,
        filter=await _filter_form(desk, request),
        headerToolbar=await desk.get_actions(request, flag="toolbar"),
        footerToolbar=["statistics", "switch-per-page", "pagination"],
        perPage=desk.list_per_page,
        perPageAvailable=[10, 25, 50, 100],
        primaryField="id",
        placeholder=_(desk.empty_text),
        syncLocation=False,
        columnsTogglable=False,
        affixHeader=False,
        autoFillHeight=False,
        alwaysShowPagination=True,
    )


def _compact(buttons: list[Any], in_sight: int) -> list[Any]:
    """The first buttons, and the others behind one that opens when there are many."""
    if len(buttons) <= IN_A_ROW:
        return buttons
    return [*buttons[:in_sight], AmisNode(type="house-menu", label=_("Mer"), buttons=buttons[in_sight:])]


def _column(desk: Any, column: Any) -> TableColumn:
    sortable = column.key not in {*desk.references, *desk.several}
    return TableColumn(name=column.key, label=desk.label_of(column.key), sortable=sortable, **_look(desk, column))


def _look(desk: Any, column: Any) -> dict[str, str]:
    """Long texts keep their paragraphs, and never widen the page."""
    return {"className": "house-long"} if column.key in desk.long else {}


async def _filter_form(desk: Any, request: Request) -> Form | None:
    session, viewer = await desk.site.who(request)
    items = await filter_items(session, viewer, type(desk), type(desk).list_filter)
    if type(desk).search_fields:
        items.insert(0, search_item(_(desk.search_label)))
    if not items:
        return None
    actions = [
        {"type": "submit", "label": _("Søk")},
        {"type": "button", "actionType": "clear-and-submit", "label": _("Nullstill")},
    ]
    return Form(title="", body=items, actions=actions, mode="normal", wrapWithPanel=True, className="house-filter")


def dialog(label: str, title: str, form: Form, *, level: str = "default", submit: str = "", **extra: Any) -> Any:
    """A button that opens a form. Without `submit` the dialog only shows."""
    close = {"type": "button", "actionType": "cancel", "label": _("Avbryt") if submit else _("Lukk")}
    save = [{"type": "button", "actionType": "confirm", "label": submit, "level": "primary"}] if submit else []
    shown = Dialog(title=title, size="lg", body=form, actions=[close, *save], closeOnEsc=True)
    return ActionType.Dialog(label=label, level=level, dialog=shown, **extra)


def shown_once(title: str, words: str, name: str) -> dict[str, Any]:
    """A dialog of what a form's answer holds under the name, and nothing else ever will."""
    body = [{"type": "tpl", "tpl": words, "className": "house-hint"}, {"type": "house-once", "name": name}]
    close = {"type": "button", "actionType": "cancel", "label": _("Lukk")}
    return {"title": title, "size": "lg", "body": body, "actions": [close], "closeOnEsc": True, "closeOnOutside": False}


def title(desk: Any, doing: str, *, of_row: bool) -> str:
    """What the dialog is about: a row by its name, filled in by amis, or the register."""
    return f"{doing}: {desk.named}" if of_row else f"{doing} – {_(desk.label)}"


async def form(desk: Any, request: Request, facts: Any, schema: Any, **more: Any) -> Form:
    session, viewer = await desk.site.who(request)
    body = await form_items(session, viewer, facts, schema)
    wide = _columns(body)
    if "initApi" in more:
        body.append(FormItem(type="hidden", name="seen"))
    return Form(title="", body=body, mode="normal", wrapWithPanel=False, **wide, **more)


def _columns(body: list[Any]) -> dict[str, str]:
    return {"className": "house-columns"} if len(body) > MANY else {}


async def create_button(desk: Any, request: Request) -> Any:
    drawn = await form(desk, request, type(desk), desk.schema_create, api=f"post:{desk.address}/item")
    return dialog(_("Legg til"), title(desk, _("Legg til"), of_row=False), drawn, level="primary", submit=_("Lagre"))


async def update_button(desk: Any, request: Request) -> Any:
    address = f"{desk.address}/item/${{id}}"
    drawn = await form(desk, request, type(desk), desk.schema_update, api=f"put:{address}", initApi=f"get:{address}")
    return dialog(_("Endre"), title(desk, _("Endre"), of_row=True), drawn, level="link", submit=_("Lagre"))


async def read_button(desk: Any, request: Request) -> Any:
    fields = type(desk).read_fields
    body = [
        {"type": "static", "name": column.key, "label": desk.label_of(column.key)} | _look(desk, column)
        for column in fields
    ]
    drawn = Form(
        title="",
        body=body,
        mode="normal",
        wrapWithPanel=False,
        initApi=f"get:{desk.address}/item/${{id}}/view",
        **_columns(body),
    )
    return dialog(_("Vis"), title(desk, _("Vis"), of_row=True), drawn, level="link")
