"""A little of distutils, which left Python with version 3.12."""
