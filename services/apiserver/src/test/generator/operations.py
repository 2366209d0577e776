#!/usr/bin/env python3
"""Derives what upstream's swagger.json (argument 1) says of operations of version v1 and v2 into openapi/operations.txt.

First one set of parameters a line, "@<number> <names with q (query), p (path) or b (body)>", then one operation a line:
"<method> <path> <operationId> <tag> <action> <group/version/Kind> <body> <codes> <answer> @<parameters> <consumes>
<produces>", "-" for none, media types as "=<number>" of the lines that begin so.
"""
import json
import pathlib
import re
import sys

OUT = pathlib.Path(__file__).resolve().parent.parent / "resources/openapi/operations.txt"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch")


def main():
    swagger = json.load(open(sys.argv[1]))
    sets, types, lines = {}, {}, []

    def number(table, sign, value):
        return sign + str(table.setdefault(value, len(table)))

    def resolved(parameters):
        return [swagger["parameters"][each["$ref"].rsplit("/", 1)[1]] if "$ref" in each else each
                for each in parameters]

    def definition(schema):
        return schema["$ref"].rsplit("/", 1)[1] if "$ref" in schema else schema["type"]

    for path, item in sorted(swagger["paths"].items()):
        if re.search(r"/v\d+(alpha|beta)\d+/|^/logs/|^/apis/(internal\.apiserver|storagemigration)\.k8s\.io/$", path):
            continue
        for method in METHODS:
            if method not in item:
                continue
            operation = item[method]
            parameters = resolved(item.get("parameters", []) + operation.get("parameters", []))
            names = sorted(each["name"] + ":" + each["in"][0] for each in parameters)
            body = [definition(each["schema"]) for each in parameters if each["in"] == "body"]
            kind = operation.get("x-kubernetes-group-version-kind")
            answers = {code: definition(each["schema"]) for code, each in operation["responses"].items()
                       if "schema" in each}
            assert len(set(answers.values())) == 1, path
            lines.append(" ".join([
                method, path, operation["operationId"], operation["tags"][0],
                operation.get("x-kubernetes-action", "-"),
                "/".join((kind["group"], kind["version"], kind["kind"])) if kind else "-",
                body[0] if body else "-", ",".join(sorted(operation["responses"])), answers["200"],
                number(sets, "@", ",".join(names) or "-"),
                number(types, "=", ",".join(operation.get("consumes", [])) or "-"),
                number(types, "=", ",".join(operation.get("produces", [])) or "-")]))
    with open(OUT, "w") as out:
        for value, place in sets.items():
            out.write("@%d %s\n" % (place, value))
        for value, place in types.items():
            out.write("=%d %s\n" % (place, value))
        out.write("\n".join(lines) + "\n")


main()
