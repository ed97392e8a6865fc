"""The officers' console at /desk: pages that work without scripts, each behind a right.

A page is a `Page` in the `PAGES` of a module in `pages/`, which `pages/__init__.py` lists. It looks and acts through
the gate (`Ask.look`, `Ask.act`), by the same functions as commands, and shows what they tell (`Told`) by
`templates/told.html`; where a next step leads is said in `links.py`.
"""
