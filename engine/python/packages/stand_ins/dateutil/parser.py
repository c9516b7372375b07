"""Dates in ISO form."""

import datetime


def parse(text, *_, **__):
    return datetime.datetime.fromisoformat(text)


isoparse = parse
