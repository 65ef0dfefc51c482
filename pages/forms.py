"""What all forms share: words translated when the form is shown, and rules' sentences put beside their fields."""

from typing import Any, ClassVar
from uuid import uuid4

from starlette.datastructures import FormData, MultiDict
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from wtforms import Form, HiddenField, TextAreaField
from wtforms.validators import ValidationError

from models.i18n import N_, _
from models.refusals import Invalid
from models.rich_text import clean, is_rich, too_much
from models.templates.rules import TextKind
from models.texts import sayable

BUILT_IN = {
    "Not a valid choice.": N_("Velg noe fra listen."),
    "Not a valid integer value.": N_("Skriv et helt tall."),
    "Not a valid date value.": N_("Skriv en dato, for eksempel 31.12.2027."),
    "This field is required.": N_("Fyll ut dette feltet."),
    "Invalid Choice: could not coerce.": N_("Velg noe fra listen."),
    "Invalid choice(s): one or more data inputs could not be coerced.": N_("Velg noe fra listen."),
    "'%(value)s' is not a valid choice for this field.": N_("Velg noe fra listen."),
    "'%(value)s' are not valid choices for this field.": N_("Velg noe fra listen."),
}


class RichTextField(TextAreaField):
    """Text that may have headings, lists and tables (F214); where there is no JavaScript, a textarea with its source.

    `prepared_at` is where the prepared texts are read that may be put into it, if any (F65, F80). What is sent is made
    harmless at once.
    """

    prepared_at: str | None = None

    @property
    def has_source(self) -> bool:
        return is_rich(self.data or "")

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = clean(valuelist[0]) if valuelist else self.data

    def pre_validate(self, form: Any) -> None:
        if problem := too_much(self.data or ""):
            raise ValidationError(problem)


class Sometimes:
    """A field that some choices demand and others do not: it is not called voluntary."""

    field_flags = {"sometimes": True}  # noqa: RUF012 - WTForms reads it from the class

    def __call__(self, form: Any, field: Any) -> None: ...


class _Words:
    """WTForms' own sentences in ours."""

    def gettext(self, message: str) -> str:
        return _(BUILT_IN.get(message, message))

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


class HouseForm(Form):
    """Labels, hints and messages are marked with N_ in the class and translated here.

    `first` are the fields that the page shows before the others, though they were declared after them: what is wrong
    is said in the page's order. `templates` is which prepared texts may be put into the form's rich texts (F65, F80).
    `once` tells a form that was sent twice from two that say the same (`pages.plans.once`).
    """

    first: ClassVar[tuple[str, ...]] = ()
    templates: ClassVar[TextKind | None] = None
    once = HiddenField(default=lambda: str(uuid4()))

    class Meta:
        def wrap_formdata(self, form: Any, typed: Any) -> Any:
            return typed and MultiDict([(name, _said(value)) for name, value in typed.multi_items()])

        def get_translations(self, form: Any) -> _Words:
            return _Words()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fields = dict(sorted(self._fields.items(), key=lambda named: named[0] not in self.first))
        for field in self:
            field.label.text = _(field.label.text)
            field.description = _(field.description) if field.description else ""

    @property
    def rich_texts(self) -> list[RichTextField]:
        return [field for field in self if isinstance(field, RichTextField)]

    @property
    def is_rich(self) -> bool:
        """Whether the page needs the editor."""
        return bool(self.rich_texts)

    def offer_prepared(self, plan_address: str) -> None:
        """Let the municipality's prepared texts be put into the rich texts of a form in the plan at the address."""
        for field in self.rich_texts:
            field.prepared_at = f"{plan_address}/texts/{self.templates}" if self.templates else None

    def validate(self, extra_validators: Any = None) -> bool:
        fits = super().validate(extra_validators)
        for field in self:
            field.errors = [_(str(error)) for error in field.errors]
        return bool(fits)

    def refuse(self, invalid: Invalid) -> None:
        """Put an operation's sentences beside the fields they are about; others above the form."""
        for name, sentence in invalid.fields.items():
            if name in self._fields:
                self._fields[name].errors = [*self._fields[name].errors, sentence]
            else:
                self.form_errors.append(sentence)


def _said(value: Any) -> Any:
    return sayable(value) if isinstance(value, str) else value


async def posted(request: Request, most: int = 200) -> Any:
    """The submitted fields; files are not taken here. What says that it is written in no known way is refused."""
    try:
        sent = await request.form(max_files=0, max_fields=most)
        return FormData([(_said(name), _said(value)) for name, value in sent.multi_items()])
    except UnicodeError:
        raise HTTPException(400) from None


async def posted_with_file(request: Request, fields: int = 20) -> Any:
    """The submitted fields, one of which may be a file: it stays in memory, for no part of it may lie on a disk."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(400)
    parser = MultiPartParser(request.headers, request.stream(), max_files=1, max_fields=fields)
    parser.spool_max_size = 0
    try:
        return await parser.parse()
    except (MultiPartException, UnicodeError):
        raise HTTPException(400) from None


def seen_revision(form_data: Any) -> int:
    """The revision the person was shown when they began to write; 0 when it is missing or mangled."""
    text = str(form_data.get("seen", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
