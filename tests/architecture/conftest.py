"""Random drawings, and reachability by networkx, built apart from the code under test."""

import random

import networkx as nx
import pytest

from sdtutor.architecture.language.reading import read_drawing
from sdtutor.core.systems import Flow

KINDS = ["client", "service", "service", "worker", "cache", "database", "database", "queue"]
KINDS += ["load_balancer", "cdn", "object_store", "monitor"]


def drawing_of(rng, most):
    """A drawing: random kinds, counts, replicas and arrows; sparse, so that there are single points."""
    names = [f"b{number}" for number in range(rng.randint(3, most))]
    lines = []
    for name in names:
        said = [f"kind={rng.choice(KINDS)}", f"availability={rng.randint(50, 99)}%"]
        said += [f"replicas={rng.randint(1, 2)}"] if rng.random() < 0.2 else []
        said += ["managed"] if rng.random() < 0.05 else []
        count = rng.choice(["", "", "", "", "*1", "*2"])
        lines.append(f"{name}{count}({', '.join(said)})")
    for _ in range(rng.randint(len(names) - 1, 2 * len(names))):
        one, other = rng.sample(names, 2)
        lines.append(f"{one} {rng.choice(['->', '~>', '<->'])} {other}")
    return read_drawing("\n".join(lines))


def flows_of(rng, drawing):
    """One to three flows of two to four stops, of one to three kinds each, of which the drawing has one."""
    drawn = [box.kind for box in drawing.boxes.values()]
    stops = (
        tuple(
            tuple(dict.fromkeys([rng.choice(drawn), *rng.sample(KINDS, rng.randint(0, 2))]))
            for _ in range(rng.randint(2, 4))
        )
        for _ in range(rng.randint(1, 3))
    )
    return tuple(Flow(f"f{number}", f"f{number}", stop) for number, stop in enumerate(stops))


def reachable(drawing, flow, gone=()):
    """Whether a flow has a way, by networkx: a layer of the drawing for each number of stops made."""
    graph = nx.DiGraph()
    graph.add_nodes_from(["begin", "end"])
    here = [box for box in drawing.boxes.values() if box.name not in gone]
    kinds = {box.name: box.kind for box in here}
    arrows = [(link.source, link.target) for link in drawing.links]
    fed = {b for a, b in arrows if drawing.boxes[a].kind == "queue" and kinds.get(b) == "service"}
    arrows += [(b, a) for a, b in arrows if kinds.get(a) == "worker" and kinds.get(b) == "queue"]
    for made, choice in enumerate(flow.stops):
        graph.add_edges_from(((n, made), (n, made + 1)) for n, kind in kinds.items() if kind in choice)
        if "worker" in choice:
            graph.add_edges_from(((n, made), (n, made + 1)) for n in fed)
        if made:
            graph.add_edges_from(((a, made), (b, made)) for a, b in arrows if a in kinds and b in kinds)
    graph.add_edges_from(("begin", (name, 0)) for name in kinds)
    graph.add_edges_from(((name, len(flow.stops)), "end") for name in kinds)
    return nx.has_path(graph, "begin", "end")


@pytest.fixture
def random_case():
    """Makes a drawing and flows from a seed and a number of boxes."""

    def make(seed, most):
        rng = random.Random(seed)
        drawing = drawing_of(rng, most)
        return drawing, flows_of(rng, drawing)

    return make


@pytest.fixture
def by_networkx():
    """Whether a flow has a way without some boxes."""
    return reachable
