"""Playing a screen with keys, without a terminal."""

import asyncio

from sdtutor.tui.app import TutorApp


def play(tutor, screen, steps, size=(80, 24), **options):
    """Run an app whose first screen is this one; `steps(app, pilot)` plays and asserts."""

    async def run():
        app = TutorApp(tutor, screen, **options)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await steps(app, pilot)
        return app

    return asyncio.run(run())
