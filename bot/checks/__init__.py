"""Checking settings and connections before anybody relies on them: one module for each thing that can be wrong."""
