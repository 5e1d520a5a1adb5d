"""Function words of a question: they say nothing about which passage answers.

In a corpus of two languages they do harm: `what`, `does` and `the` are rare in it, because few
passages are English, and BM25 takes what is rare for what matters.
"""

from functools import cache

from embeddings.text.tokens import tokenise

__all__ = ["content_terms"]

ENGLISH = """
a about after again all also am an and any are as at be because been before being but by can could
did do does doing done down during each either else even ever every few for from further get gets
getting give given go goes going got had has have having he her here hers him his how i if im in
into is it its just know let like lot made make makes many may maybe me might more most much must my
need no nor not now of off on once one only or other our out over own please really said say says
she should so some someone something such tell than that the their them then there these they thing
things this those through to too try trying under until up upon us use used using very want was way
we well were what when where whether which while who whom whose why will with without would yes yet
you your yours happen happens according anything anyone dont doesnt didnt isnt arent wasnt cant
couldnt wont wouldnt shouldnt ive youve hes shes theyre whats
"""


@cache
def _stopwords() -> frozenset[str]:
    """Return the function words as the tokeniser writes them."""
    return frozenset(tokenise(ENGLISH))


def content_terms(text: str) -> list[str]:
    """Return the terms of a question without its function words; all, if there are no others."""
    terms = tokenise(text)
    return [term for term in terms if term not in _stopwords()] or terms
