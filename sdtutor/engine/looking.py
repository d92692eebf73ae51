"""Variables at any moment of a run: the one node in view is run again, and nothing else."""

from sdtutor.engine.host import revive
from sdtutor.engine.lab import Node
from sdtutor.engine.run import Run
from sdtutor.engine.thread import on_engine_thread
from sdtutor.engine.trace import VariableTracer
from sdtutor.engine.world import Input

Variables = dict[str, dict[str, str]]
"""Text of each variable by name, by the label of the task."""


def variables_at(run: Run, step: int, node: str, line: int = 0) -> Variables:
    """Return what the tasks of a node hold.

    Args:
        run: The run.
        step: After which step; 0 is before the first.
        node: Name of the node.
        line: Which of the lines that the node ran in this step, from 1; 0 is where its tasks wait at the
            end of it.

    Returns:
        The variables of each waiting task, or of the one task at the line; nothing for a node that is down.
    """
    member, declared = run.at(step).member(node), run.cast.member(node)
    if member.history is None or member.stuck or not isinstance(declared, Node):
        return {}
    return on_engine_thread(_look, run, declared, member.history.inputs(), line)


def _look(run: Run, node: Node, inputs: list[Input], line: int) -> Variables:
    if not line:
        host = revive(node, run.files, inputs)
        found = host.variables()
        host.discard()
        return found
    host = revive(node, run.files, inputs[:-1])
    tracer = VariableTracer(run.files, line)
    host.feed(inputs[-1], tracer)
    host.discard()
    return tracer.found
