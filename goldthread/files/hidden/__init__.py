"""The leak check: what a file holds that a reader would not see but the public could find."""

from goldthread.files.hidden.apart import check_in_child
from goldthread.files.hidden.door import check

__all__ = ["check", "check_in_child"]
