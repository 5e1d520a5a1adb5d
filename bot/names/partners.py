"""What a question asks to combine with a substance, where that is no name that is known.

`丙氯拉嗪跟螺旋藻能一起吃吗`: what the sources say of the one does not answer for the other.
"""

import re

from bot.names.mining import is_ordinary
from bot.names.naming import Names

__all__ = ["partner"]

_TAKEN = "(?:[吃喝用服吸抽打混]|食用|服用)"
_TOGETHER = (
    rf"(?:能不能|能否|可不可以|可以|能|会不会)?(?:(?:一起|一块儿?|同时|混着?|混合){_TAKEN}"
    r"|同服|同吃|冲突|相克|犯冲|有相互作用|相互作用|配伍)"
)
_AFTER = re.compile(rf"\s*(?:和|跟|与|與|同|配)\s*([^\W_]{{2,8}}?)\s*(?:有没有|有)?{_TOGETHER}")
_BEFORE = re.compile(r"(?:^|[\W_])([^\W_]{2,8}?)\s*(?:和|跟|与|與|同|配)\s*$")
_AFTERWARDS = re.compile(rf"\s*(?:有没有|有)?{_TOGETHER}")
_ENGLISH = re.compile(
    r"\s+(?:together )?(?:with|plus|alongside|while (?:i am |i'm |im )?(?:on|taking))\s+"
    r"(?:my |some |a |an |the )?([a-z][a-z'-]{3,24})(?:\s+(?:pills?|tablets?|together))*\W*$",
    re.IGNORECASE,
)
_VERBS = re.compile(
    r"^(?:我|正在|现在|在|每天|刚|打完|吃完|喝完|吃了|喝了|吃着|服用|食用|[吃喝用打抽])+"
)
_LEFT_OVER = re.compile(r"(?:药片|胶囊|[片粉]|这种|之类的?)+$")
# With whom, not with what.
_OTHERS = re.compile(
    r"什么|哪|谁|同类|别的|其他|其它|朋友|同学|同事|老婆|老公|男友|女友|家人|别人|大家|室友|医生|自己"
)
_LEAST = 2


def partner(question: str, names: Names) -> str | None:
    """Return the words of what is to be taken together with the only substance that is named.

    None where there is none, or where it is a name that is known, or an everyday English word.
    """
    mentions = names.mentions(question)
    if len({name for m in mentions for name in m.substances}) != 1:
        return None
    before, after = question[: mentions[0].start], question[mentions[-1].end :]
    if found := _ENGLISH.match(after):
        return None if is_ordinary(found[1], titled=False) else found[1]
    found = _AFTER.match(after) or (_BEFORE.search(before) if _AFTERWARDS.match(after) else None)
    if not found or _OTHERS.search(found[1]):
        return None
    words = _LEFT_OVER.sub("", _VERBS.sub("", found[1]))
    return words if len(words) >= _LEAST else None
