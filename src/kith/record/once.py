"""Asking once: while one page is read, a question asked again is answered as it was the first time."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")
AT_A_TIME = 5_000  # ids in one question: a database takes only so many

_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Within, `once` remembers. Only for work that changes nothing, such as showing a page."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def asking_once(look: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """A check or a look within which `once` remembers, for that one call.

    Where a page is read that remembers already, it shares the page's answers.
    """

    @wraps(look)
    def asked(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        if is_reading():
            return look(*args, **kwargs)
        with reading():
            return look(*args, **kwargs)

    return asked


def is_reading() -> bool:
    """Whether a page is being read, so that `once` remembers."""
    return _answers.get() is not None


def once(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to `question`: from `ask`, or remembered where this reading has asked it before."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    answer: Answer = answers[question]
    return answer


def once_for_each(
    question: Hashable, ids: Iterable[int], ask: Callable[[list[int]], Mapping[int, Answer]]
) -> dict[int, Answer]:
    """The answer for each of these ids, in their order. `ask` gets the ids not asked about before.

    `ask` has to answer for every id it is given, for those with nothing to tell too.
    """
    answers: dict[int, Answer] = once(question, dict)
    wanted = list(dict.fromkeys(ids))
    new = [each for each in wanted if each not in answers]
    for start in range(0, len(new), AT_A_TIME):
        answers.update(ask(new[start : start + AT_A_TIME]))
    return {each: answers[each] for each in wanted}
