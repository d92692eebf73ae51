"""Floor 4: what most blog posts show, defects included.

One module a concept; its lab lets them be found.
"""
