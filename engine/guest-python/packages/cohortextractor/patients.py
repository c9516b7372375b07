"""`patients.NAME(...)`: each call is kept as the name and the arguments that it was given."""


def __getattr__(name):
    if name.startswith("_"):
        raise AttributeError(name)

    def described(*words, **options):
        return name, {**({"arguments": words} if words else {}), **options}

    described.__name__ = described.__qualname__ = name
    return described
