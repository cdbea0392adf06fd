"""Allow texts and templates only what the module `plain` lists, and count what they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import CodeType
from typing import Any

from jinja2 import Template, Undefined, nodes
from jinja2.runtime import Context, markup_join, str_join
from jinja2.sandbox import SandboxedEnvironment

from workshop.composing.language.bounds.growth import Effort
from workshop.composing.language.bounds.nesting import CountingCode, read, to_code
from workshop.composing.language.bounds.well_formed import CheckedTemplate
from workshop.composing.language.measures import MEASURES
from workshop.composing.language.plain import FILTERS, FUNCTIONS, may_use
from workshop.composing.language.recipient_seen import plain


class Sandbox(SandboxedEnvironment):
    """Is the Jinja environment of texts and templates; `effort` counts what they do.

    Whoever makes one sets `finalize`, which returns what to print for a value.
    """

    finalize: Callable[..., object]
    code_generator_class = CountingCode
    template_class = CheckedTemplate
    intercepted_binops = frozenset(SandboxedEnvironment.default_binop_table)

    def __init__(self, effort: Effort, **options: Any) -> None:
        super().__init__(**options)
        self.effort = effort
        self.counted = effort.counted
        self._safe: dict[tuple[type, str], bool] = {}
        self.filters = {name: effort.guarded(name, self.filters[name]) for name in FILTERS}
        # These turn any value into a text first, as the filters of these names do.
        for name in ("lower", "upper"):
            test: Any = self.tests[name]
            self.tests[name] = effort.guarded(name, test)
        self.globals = {name: self.globals[name] for name in FUNCTIONS}
        self.globals["measures"] = MEASURES

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Return whether a template may read an attribute, by its name and the type of `obj`."""
        key = type(plain(obj)), attr
        safe = self._safe.get(key)
        if safe is None:
            safe = self._safe[key] = may_use(obj, attr)
        return safe

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return what an operator makes of two values."""
        return self.effort.operate(operator, self.binop_table[operator], left, right)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Return what a function or a method returns."""
        return __self.effort.call(super().call, __context, __obj, args, kwargs)

    def concat(self, pieces: Iterable[str]) -> str:
        """Return pieces of printed text as one."""
        return self.effort.joined(pieces)

    def joined(self, context: Context, values: Iterable[Any]) -> str:
        """Return values as one text."""
        join = markup_join if context.eval_ctx.autoescape else str_join
        return self.effort.join_values(join, values)

    def _load_template(self, name: str, given: Any) -> Template:
        self.effort.take()
        return super()._load_template(name, given)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return read(self, source, name, filename)

    def _compile(self, source: str, filename: str) -> CodeType:
        return to_code(source, filename)

    def wrap_str_format(self, value: Any) -> None:
        """Do nothing: `str.format`, which reads attributes of its arguments, is not allowed."""

    def unsafe_undefined(self, obj: object, attribute: str) -> Undefined:
        """Return the value for an attribute that is not allowed: as if there were none."""
        return self.undefined(obj=obj, name=attribute)
