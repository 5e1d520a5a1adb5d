"""The whole program over questions whose right answer is known: retrieval, safety, cases."""

from bot.evaluation.arms import ARMS, cases_of, rankings, run_arms, run_cases
from bot.evaluation.cases import Case, Gold, Outcome
from bot.evaluation.figures import FIGURES, Figure, Row, report_of
from bot.evaluation.rows import case_of, question_of, read_cases, read_rows
from bot.evaluation.safety import Held, SafetyReport, evaluate_safety, read_safety

__all__ = [
    "ARMS",
    "FIGURES",
    "Case",
    "Figure",
    "Gold",
    "Held",
    "Outcome",
    "Row",
    "SafetyReport",
    "case_of",
    "cases_of",
    "evaluate_safety",
    "question_of",
    "rankings",
    "read_cases",
    "read_rows",
    "read_safety",
    "report_of",
    "run_arms",
    "run_cases",
]
