"""Made-up words: text as long, and as marked up, as what people write under real issues."""

import operator
from collections.abc import Sequence
from itertools import accumulate
from random import Random

_COMMON = (
    "the to a of and is it in this that for i not be with on you as have but can if are so we an or was at from "
    "there just by no one would which all when like your should now will our does what do some has they more"
)
_SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi wo zu bra cle dri flo gru ken lim mon per rat sul tor ver"
_VOCABULARY = 12_000  # real comments have 11,400 different words in 54,000
_LINE = 400

# How many of a hundred real answers have it.
_CODE, _INLINE, _LINK, _QUOTE, _LIST = 14, 40, 22, 5, 2


def _vocabulary() -> list[str]:
    random, words = Random("vocabulary"), dict.fromkeys(_COMMON.split())
    syllables = _SYLLABLES.split()
    while len(words) < _VOCABULARY:
        words["".join(random.choices(syllables, k=random.randint(1, 3)))] = None
    return list(words)


_WORDS = _vocabulary()
_OFTEN = [1 / (rank + 3) for rank in range(_VOCABULARY)]
_WEIGHTS = list(accumulate(_OFTEN))
_SPAN = 1 + sum(map(operator.mul, map(len, _WORDS), _OFTEN)) / _WEIGHTS[-1]  # characters of a word and its space


def drawn(random: Random, quantiles: Sequence[float]) -> float:
    """Return a value spread as the quantiles say, the least of them first and at equal steps."""
    place = random.random() * (len(quantiles) - 1)
    below = int(place)
    return quantiles[below] + (place - below) * (quantiles[below + 1] - quantiles[below])


def line(random: Random, length: float) -> str:
    """Return a title of about so many characters."""
    return _sentence(random, length)[:_LINE].strip().rstrip(".")


def text(random: Random, length: float) -> str:
    """Return Markdown of about so many characters."""
    parts, left = [], length
    while left > 0:
        span = min(left, random.uniform(60, 240))
        parts.append(_sentence(random, span))
        left -= span
    paragraphs = [" ".join(parts[at : at + 3]) for at in range(0, len(parts), 3)]
    return "\n\n".join(_marked(random, paragraphs))


def _sentence(random: Random, length: float) -> str:
    chosen = random.choices(_WORDS, cum_weights=_WEIGHTS, k=max(2, round(length / _SPAN)))
    return f"{' '.join(chosen).capitalize()}."


def _marked(random: Random, paragraphs: list[str]) -> list[str]:
    def happens(of_a_hundred: int) -> bool:
        return random.random() * 100 < of_a_hundred

    first, *rest = paragraphs
    if happens(_INLINE):
        word, _, others = first.partition(" ")
        first = f"`{word}` {others}"
    if happens(_LINK):
        first += f" See [this](https://acme.example/help/{random.randrange(1000)})."
    made = [f"> {_sentence(random, 60)}", first] if happens(_QUOTE) else [first]
    if happens(_LIST):
        made.append("\n".join(f"- {_sentence(random, 40)}" for _ in range(3)))
    if happens(_CODE):
        made.append(f"```\n{_sentence(random, 50)}\n{_sentence(random, 50)}\n```")
    return [*made, *rest]
