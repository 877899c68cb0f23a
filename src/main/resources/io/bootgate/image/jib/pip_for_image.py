"""Runs pip for the Python of an image: markers are judged by its environment, not by that of this machine.

First argument: the environment as JSON. Second: the requirements, or a pyproject.toml to take them from, for what is written
to the third. Then pip's own arguments.
"""
import json
import sys

environment = json.loads(sys.argv[1])
source, written = sys.argv[2:4]

if source.endswith("pyproject.toml"):
    try:
        import tomllib
    except ImportError:
        from pip._vendor import tomli as tomllib
    with open(source, "rb") as file:
        project = tomllib.load(file).get("project", {})
    with open(written, "w", encoding="utf-8") as file:
        file.write("\n".join(project.get("dependencies", [])) + "\n")

from pip._vendor.packaging import markers


def of_the_image():
    return dict(environment)


markers.default_environment = of_the_image

from pip._internal.cli.main import main

sys.exit(main(sys.argv[4:]))
