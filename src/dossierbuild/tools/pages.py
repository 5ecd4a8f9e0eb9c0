"""Page shells from templates. The only importer of Jinja.

Templates make what stands around a text, never the text itself. They run in Jinja's sandbox, everything that
is not `Markup` is escaped, and a name that is not there is an error: a page with a hole in it is never made.
"""

from __future__ import annotations

from collections.abc import Mapping

import jinja2
from jinja2.debug import rewrite_traceback_stack
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from dossierbuild.core.bounds import MEMORY, OutOfTimeError

__all__ = ["Markup", "TemplateError", "escape", "render_template"]


class TemplateError(Exception):
    """A template that cannot be used: its name, the line (0 when unknown) and the reason in one line."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(f"{name}:{line}: {reason}")
        self.name = name
        self.line = line
        self.reason = reason


def render_template(name: str, templates: Mapping[str, str], **values: object) -> str:
    """Fill in the template `name`; `templates` holds the text of each template by name, for includes too.

    Raises TemplateError when the template, or one that it includes, cannot be read or does not run.
    """
    environment = ImmutableSandboxedEnvironment(
        # The name doubles as the file name, which is how a traceback tells one template from another.
        loader=jinja2.FunctionLoader(lambda wanted: (templates[wanted], wanted, None) if wanted in templates else None),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    try:
        return environment.get_template(name).render(values)
    except jinja2.TemplateSyntaxError as error:
        raise TemplateError(error.name or name, error.lineno, _line(error.message or "")) from None
    except jinja2.TemplateNotFound as error:
        raise TemplateError(name, 0, f"{error.name}: not found") from None
    except OutOfTimeError as error:
        where, line = _place(rewrite_traceback_stack(), templates)
        raise TemplateError(where or name, line, f"> {error.seconds} s") from None
    except MemoryError:
        raise TemplateError(name, 0, f"> {MEMORY / 10**9:.1f} GB") from None
    except (
        jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError
    ) as error:  # fmt: skip
        where, line = _place(error, templates)
        raise TemplateError(where or name, line, _line(str(error))) from None


def _place(error: BaseException, templates: Mapping[str, str]) -> tuple[str, int]:
    """The innermost template, and the line in it, that the error came from."""
    found, trace = ("", 0), error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in templates:
            found = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return found


def _line(text: str) -> str:
    return " ".join(text.split())
