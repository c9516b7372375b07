"""What a study file says, as data for the engine."""

from cohortextractor.measure import Measure, made
from cohortextractor.study_definition import StudyDefinition
from cohortextractor.canonical import described


def said_by(module):
    """`study` and `measures` of the module; nothing else of it counts."""
    names = [name for name in vars(module) if not name.startswith("_")]
    study = getattr(module, "study", None)
    if not isinstance(study, StudyDefinition):
        found = described(study) if "study" in names else None
        return {"kind": "no-study", "exported": names, "found": found}
    measures = getattr(module, "measures", [])
    fault = _fault_of(measures)
    if fault is not None:
        return {"kind": "no-measures", "found": fault}
    return {
        "kind": "study",
        "study": study.recorded,
        "codelists": study.codelists,
        "measures": [each.recorded() for each in measures],
        "left_out": _left_out(module, measures),
    }


def _fault_of(measures):
    if not isinstance(measures, (list, tuple)):
        return f"{described(measures)}, not a list"
    for place, each in enumerate(measures, 1):
        if not isinstance(each, Measure):
            return f"{described(each)} in place {place}, not a Measure"
    return None


def _left_out(module, measures):
    """Measures of this file that are not in its list: nobody would ever make them."""
    counted = {id(each) for each in measures}
    file = module.__name__.replace(".", "/") + ".py"
    return [
        {"id": each.id, "exported_as": _name_of(each, module), **_placed(each)}
        for each in made
        if id(each) not in counted and each._place is not None and each._place["file"].endswith(file)
    ]


def _placed(measure):
    return {} if measure._place is None else {"place": measure._place}


def _name_of(measure, module):
    for name, value in vars(module).items():
        if value is measure or (isinstance(value, (list, tuple)) and any(each is measure for each in value)):
            return name
    return None
