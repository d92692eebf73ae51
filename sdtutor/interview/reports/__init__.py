"""A report in every form: rows for the screens, Markdown, HTML, JSON; one order of parts for all."""
