"""Certificates of completion in the console."""

from bot.console.pages.certificates.listing import PAGES

__all__ = ["PAGES"]
