"""What cohortextractor was called in the first half of 2020. A study's own copy of it is not run."""

import sys

import cohortextractor

for _name, _module in list(sys.modules.items()):
    if _name.partition(".")[0] == "cohortextractor":
        # The same modules: a second copy would make other classes.
        sys.modules[__name__ + _name[len("cohortextractor") :]] = _module
