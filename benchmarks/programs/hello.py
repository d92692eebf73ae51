"""The hello-world of typer's own tutorial, with the help that typer gives it."""

import typer


def main(name: str) -> None:
    """Say hello to NAME."""
    print(f"Hello {name}")


if __name__ == "__main__":
    typer.run(main)
