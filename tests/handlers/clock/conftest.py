"""The clock that tests turn, here too."""

from tests.clock.conftest import clock

__all__ = ["clock"]
