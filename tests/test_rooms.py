"""The modules of the product import each other in no circle; borders between rooms are contracts in pyproject.toml."""

from graphlib import TopologicalSorter

import grimp


def test_no_modules_import_each_other_in_a_circle():
    graph = grimp.build_graph("bot", "handlers", "storage")
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imported) > 200
    TopologicalSorter(imported).prepare()  # raises CycleError
