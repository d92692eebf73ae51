"""Searching every order of deliveries, timers and faults for the shortest way to break a promise.

- `identity`: what makes two values the same, and two idle objects.
- `letters`: messages by what they say, numbered.
- `nodes`, `services`: members as automata, whose transitions are learnt one at a time by running them.
- `space`: states of the whole world as integers, and the steps between them.
- `symmetry`: states that differ only in the names of interchangeable nodes.
- `ample`: what may go first because no promise can tell.
- `judge`, `sights`: whether a state breaks a promise, and what a promise sees of a member.
- `breadth`, `walk`: the search, and what goes on when its budget ends.
- `find`: the question and its answer.
"""
