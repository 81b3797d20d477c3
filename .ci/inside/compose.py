"""Reads a compose file as Docker Compose does, as far as ours need it, and prints the environment of the service plane-proxy.

    compose.py FILE [NAME=VALUE ...]

prints one NAME=VALUE for each line, with the variables given filled in; those not given are empty. Ends with 1 where the file
is not what is expected.
"""

import re
import sys

import yaml


class Loader(yaml.SafeLoader):
    """Knows the tag with which Compose takes back what another file says."""


Loader.add_constructor("!reset", lambda loader, node: None)


def main():
    path, *given = sys.argv[1:]
    variables = dict(pair.split("=", 1) for pair in given)
    with open(path, encoding="utf-8") as file:
        services = yaml.load(file, Loader)["services"]
    service = services["plane-proxy"]
    expect(set(services) == {"proxy", "plane-proxy"}, f"services are {sorted(services)}")
    expect(service["read_only"] is True, "plane-proxy can write to its file system")
    expect(service["cap_drop"] == ["ALL"], "plane-proxy keeps capabilities")
    for port in service["ports"]:
        filled = fill(port, variables)
        expect(re.fullmatch(r"\d+:8(080|443)", filled), f'port "{filled}" comes of "{port}"')
    for name, value in service["environment"].items():
        print(f"{name}={fill(value, variables)}")


def expect(holds, otherwise):
    if not holds:
        sys.exit(f"{sys.argv[1]}: {otherwise}")


def fill(text, variables):
    """${NAME:-otherwise} and ${NAME:+instead}; what is inside is filled first."""
    while True:
        filled = re.sub(r"\$\{(\w+):([-+])([^${}]*)\}", lambda found: value(found, variables), text)
        if filled == text:
            expect("$" not in filled, f'"{text}" has a variable that fails where it is empty; expected ":-" or ":+"')
            return filled
        text = filled


def value(found, variables):
    name, sign, word = found.groups()
    own = variables.get(name, "")
    return (own or word) if sign == "-" else (word if own else "")


main()
