"""What the workbooks that we write are made of, and how they look: only who writes one loads it, as that takes long."""

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

BOLD = Font(bold=True)
YELLOW, GREY = PatternFill("solid", fgColor="FFF2CC"), PatternFill("solid", fgColor="E8EEF4")
TOP, UNWRAPPED_TOP = Alignment(vertical="top", wrap_text=True), Alignment(vertical="top")
UNWRAPPED = Alignment(wrap_text=False)

__all__ = [
    "BOLD",
    "GREY",
    "ILLEGAL_CHARACTERS_RE",
    "TOP",
    "UNWRAPPED",
    "UNWRAPPED_TOP",
    "YELLOW",
    "Comment",
    "DataValidation",
    "Workbook",
]
