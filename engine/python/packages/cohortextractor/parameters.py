"""`params`: what the command line gave with `--param`."""

from .exceptions import MissingParameterError


class Parameters(dict):
    def __missing__(self, name):
        raise MissingParameterError(name)


params = Parameters()
