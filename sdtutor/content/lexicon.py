"""Loading the lexicon: words of the field with the phrases that mean them, shared by all problems."""

from pathlib import Path
from types import MappingProxyType

from sdtutor.content.patterns import PatternReader
from sdtutor.content.problem_records import Lexicon
from sdtutor.content.roots import lexicon_path
from sdtutor.content.texts import read_text
from sdtutor.content.validation import fill
from sdtutor.content.yaml_tree import Document, parse
from sdtutor.core.slugs import is_slug
from sdtutor.errors import ContentError


def load_lexicon(root: Path) -> Lexicon:
    """Return the lexicon.

    Args:
        root: The folder that holds ``interviews/``.

    Raises:
        ContentError: It breaks a rule of its format; the first problem.
    """
    lexicon, problems = read_lexicon(lexicon_path(root))
    if lexicon is None:
        raise problems[0]
    return lexicon


def read_lexicon(path: Path) -> tuple[Lexicon | None, list[ContentError]]:
    """Return the lexicon and no problem, or None and all problems of its file, by line."""
    text, problems = read_text(path)
    if problems:
        return None, problems
    try:
        document = parse(text, path)
    except ContentError as error:
        return None, [error]
    lexicon, found = _read(document)
    found += document.problems
    return (None if found else lexicon), sorted(found, key=lambda problem: problem.line)


def _read(document: Document) -> tuple[Lexicon | None, list[ContentError]]:
    from sdtutor.content.problem_forms import LexiconForm

    form, problems = fill(LexiconForm, document.value, document)
    if form is None:
        return None, problems
    reader = PatternReader(document, {})
    words = {name: reader.phrases(each, ("words", name)) for name, each in form.words.items()}
    for name, phrases in words.items():
        if not is_slug(name):
            hint = "Lower-case words joined by underscores: a problem writes $name."
            problems.append(document.problem(("words", name), f'"{name}" cannot be a name.', hint))
        if not phrases:
            hint = "Write the phrases that mean it."
            problems.append(document.problem(("words", name), f'"{name}" has no phrase.', hint))
    return Lexicon(MappingProxyType(words)), problems + reader.problems
