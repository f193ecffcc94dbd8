"""Which rest of a word is an ending: Russian inflection, Kyrgyz suffixes, in folded letters.

Not a stemmer: a word is never cut. Two words with a common beginning are forms of one word if the rests of
both can be endings.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NOUN = "[аяоеиыуюйь]|[оеа]й|[оеаяы]м|[аяиы]х|[ое]в|[аяиы]ми|[ое]ю|ь[яюе]|ь[яе][мх]|ьями|и[йиеяюмх]"
_NOUN += "|и[еяо][мйх]|иями"
_ADJECTIVE = "[ыио][йемхю]|[ыи]ми|[ао]я|яя|[ое]е|[ое]го|[ое]му|[ую]ю|ейш(?:ий|ая|ее|его|ие)"
_VERB = "[аеияыую]?(?:л[аои]?|т[иь]?|шь|м|м?те|йте|й|в|вши)|е?н[аоы]?"
_PARTICIPLE = f"[аеияыую]?(?:вш|ш|ющ|ущ|ащ|ящ|щ|нн|енн|н|ем|им|т)(?:{_ADJECTIVE})"
_KYRGYZ_VOWEL = "[аеоуыиэ]"
_KYRGYZ_CASES = "[днт]ы[н]?|[днт]и[н]?|[днт]у[н]?|[гк][аео]|[дт][аео]н?|н"
_KYRGYZ_NOUN = (
    "(?:[лдт][аео]р)?"
    f"(?:{_KYRGYZ_VOWEL}?м|{_KYRGYZ_VOWEL}?н(?:{_KYRGYZ_VOWEL}з)?|с?[ыиу]|{_KYRGYZ_VOWEL}?б{_KYRGYZ_VOWEL}з)?"
    f"(?:{_KYRGYZ_CASES}|н[аео])?"
)
_KYRGYZ_VERB = (
    "(?:[ыиуоае]?п|[гк][аео]н|[бп][аео]й?т?|[аеоуй]|[дт][ыиу]|[гк]ы?л?а|с[аео]|[уо]у|[ыиу]н|[ыиу]л)?"
    f"(?:м|[бп]?{_KYRGYZ_VOWEL}?[мзт]|б{_KYRGYZ_VOWEL}з|н{_KYRGYZ_VOWEL}з(?:ч[уы])?|т|к|с{_KYRGYZ_VOWEL}з|гыла|гула)?"
)
RUSSIAN, KYRGYZ = 1, 2

_ENDINGS = (
    (RUSSIAN, re.compile(f"(?:{_NOUN}|{_ADJECTIVE}|{_VERB}|{_PARTICIPLE})?(?:с[яь])?")),
    (KYRGYZ, re.compile(f"{_KYRGYZ_NOUN}|{_KYRGYZ_VERB}")),
)


@lru_cache(4096)
def endings(rest: str) -> int:
    """In which languages the folded rest of a word can be an ending: `RUSSIAN`, `KYRGYZ`, both (3) or none
    (0).

    An empty rest is an ending in both.
    """
    return sum(language for language, ending in _ENDINGS if ending.fullmatch(rest))


def same_word(one: str, other: str, least: int) -> bool:
    """Whether two folded words are forms of one: at least `least` common letters, then two endings."""
    differs = (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    common = next(differs, min(len(one), len(other)))
    return common >= least and bool(endings(one[common:]) & endings(other[common:]))
