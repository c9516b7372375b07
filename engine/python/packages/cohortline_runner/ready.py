"""The interpreter as every study finds it: what most of them import is there."""

import atexit
import codecs
import collections
import csv
import datetime
import functools
import io
import itertools
import json
import pathlib
import re
import traceback
import typing

import cohortline_runner.run_study
