"""Exceptions that a study may meet, or import by name."""


class ValidationError(Exception):
    """Something in a study that cannot be as it is."""


class MissingParameterError(ValidationError, KeyError):
    """`params["name"]` where no `--param name=value` was given."""

    def __init__(self, name):
        super().__init__(name)
        self.parameter = name

    def __str__(self):
        return f"no --param {self.parameter}"


class UnknownFunctionError(AttributeError):
    """`patients.NAME` that does not exist."""

    def __init__(self, function):
        super().__init__(f"patients has no {function}")
        self.function = function


class NotPlainError(TypeError):
    """A value that a study cannot hold: `argument` of `function` has `found` in it."""

    def __init__(self, function, argument, found):
        super().__init__(f"{function}, {argument}: {found}")
        self.function = function
        self.argument = argument
        self.found = found
        # Of the call that was given the value, which is not where it is taken down.
        self.place = None


class ReportedError(ValueError):
    """The engine knows what is wrong, and tells it in its own words."""

    def __init__(self, message, number):
        super().__init__(message)
        self.number = number


class MissingFileError(ReportedError, FileNotFoundError):
    """The same of a file that is not there."""


class NotHereError(Exception):
    """Something of a package of which only a little is here, or nothing."""

    def __init__(self, name):
        super().__init__(f"{name} is not here")
        self.name = name
