"""Radicals of Unicode's CJK Radicals Supplement, and the characters that readers take them for.

Fonts of PDF files name the shape of 长 as the radical ⻓, which NFKC leaves alone. The pairs are
those of Unicode's EquivalentUnifiedIdeograph.txt (Unicode Standard Annex 44).
"""

__all__ = ["IDEOGRAPHS"]

_RADICALS = (
    "⺀⺁⺂⺃⺄⺅⺆⺉⺊⺋⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺥⺦⺨⺫⺬⺭⺯⺰⺱⺹⺺"
    "⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻍⻏⻐⻑⻒⻓⻔⻖⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫"
    "⻬⻭⻮⻯⻰⻱⻲⻳"
)
_SAME = (
    "冫厂乛乚乙亻冂刂卜㔾兀尣尢巳幺彑彐忄㣺扌攵旡月歺母民氵氺灬爫丬犭罒示礻糹纟罓耂肀"
    "月臼艹艹艹虎衤覀西见角讠贝车辶阝钅長镸长门阝青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉"
    "齐歯齿竜龙龜亀龟"
)

IDEOGRAPHS = str.maketrans(_RADICALS, _SAME)
"""For `str.translate`: each radical to its ideograph."""
