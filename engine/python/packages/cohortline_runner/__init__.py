"""Runs one study file and takes down what it says. The engine starts it; no study imports it."""
