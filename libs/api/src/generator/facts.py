#!/usr/bin/env python3
"""Derives the compact API facts from upstream's swagger.json (argument 1) into this module's resources.

definitions.txt: one definition a line, "<name> <json>"; a value is either a short string ("string", "integer:int32",
"@<definition>") or an object with the keys type, format, ref, properties, required, items, values, listType, mapKeys,
mapType, patch, mergeKey, unions, gvk ("group/version/Kind", or "*" for what belongs to every group).
resources.txt: one resource a line: "<group/version> <plural> <kind> <listKind|-> <namespaced|cluster> <verbs>" and then
one word per subresource: "<name>=<group/version/Kind>:<verbs>".
"""
import collections
import json
import pathlib
import sys

OUT = pathlib.Path(__file__).resolve().parent.parent / "main/resources/io/kubespring/api"
VERBS = {"post": "create", "put": "update"}
CONNECT = {"get": "get", "post": "create", "put": "update", "patch": "patch", "delete": "delete"}


def target(ref):
    return "@" + ref.rsplit("/", 1)[1]


def compact(schema):
    out = {}
    if "$ref" in schema:
        out["ref"] = target(schema["$ref"])[1:]
    for key in ("type", "format", "required"):
        if key in schema:
            out[key] = schema[key]
    if "properties" in schema:
        out["properties"] = {name: compact(value) for name, value in schema["properties"].items()}
    if "items" in schema:
        out["items"] = compact(schema["items"])
    if isinstance(schema.get("additionalProperties"), dict):
        out["values"] = compact(schema["additionalProperties"])
    for short, long in (("listType", "list-type"), ("mapKeys", "list-map-keys"), ("mapType", "map-type"),
                        ("mergeKey", "patch-merge-key")):
        if "x-kubernetes-" + long in schema:
            out[short] = schema["x-kubernetes-" + long]
    if "x-kubernetes-patch-strategy" in schema:
        out["patch"] = schema["x-kubernetes-patch-strategy"].split(",")
    if out.keys() == {"ref"}:
        return "@" + out["ref"]
    if out.keys() <= {"type", "format"} and "type" in out and out["type"] not in ("array", "object"):
        return ":".join([out["type"]] + ([out["format"]] if "format" in out else []))
    return out


def definition(schema):
    out = compact(schema)
    if isinstance(out, str):
        out = dict(zip(("type", "format"), out.split(":")))
    if "x-kubernetes-unions" in schema:
        out["unions"] = schema["x-kubernetes-unions"]
    kinds = schema.get("x-kubernetes-group-version-kind", [])
    if kinds:
        out["gvk"] = "*" if len(kinds) > 1 else gvk(kinds[0])
    return out


def gvk(kind):
    return "/".join((kind["group"], kind["version"], kind["kind"]))


def resources(paths, definitions):
    found = collections.OrderedDict()
    for path in sorted(paths):
        parts = path.strip("/").split("/")
        if parts[0] == "api" and len(parts) > 2:
            group, version, rest = "", parts[1], parts[2:]
        elif parts[0] == "apis" and len(parts) > 3:
            group, version, rest = parts[1], parts[2], parts[3:]
        else:
            continue
        watching = rest[0] == "watch"
        if watching:
            rest = rest[1:]
        namespaced = rest[:2] == ["namespaces", "{namespace}"]
        if namespaced:
            rest = rest[2:]
        plural, sub = rest[0], rest[2] if len(rest) > 2 else ""
        entry = found.setdefault((group, version, plural), {"namespaced": False, "kind": None, "list": "-",
                                                            "verbs": set(), "subs": {}})
        entry["namespaced"] |= namespaced
        for method, operation in paths[path].items():
            if not isinstance(operation, dict) or "x-kubernetes-action" not in operation:
                continue
            action, kind = operation["x-kubernetes-action"], operation["x-kubernetes-group-version-kind"]
            if watching:
                entry["verbs"].add("watch")
            elif sub:
                verb = CONNECT.get(method) if action == "connect" else VERBS.get(action, action)
                if verb:
                    entry["subs"].setdefault(sub, (gvk(kind), set()))[1].add(verb)
            else:
                entry["kind"] = kind["kind"]
                entry["verbs"].add(VERBS.get(action, action))
                if action == "list":
                    ref = target(operation["responses"]["200"]["schema"]["$ref"])[1:]
                    entry["list"] = definitions[ref]["x-kubernetes-group-version-kind"][0]["kind"]
    return found


def main():
    swagger = json.load(open(sys.argv[1]))
    definitions = swagger["definitions"]
    OUT.mkdir(parents=True, exist_ok=True)
    with open(OUT / "definitions.txt", "w") as out:
        for name in sorted(definitions):
            out.write(name + " " + json.dumps(definition(definitions[name]), separators=(",", ":")) + "\n")
    with open(OUT / "resources.txt", "w") as out:
        for (group, version, plural), entry in resources(swagger["paths"], definitions).items():
            words = ["%s/%s" % (group, version) if group else version, plural, entry["kind"], entry["list"],
                     "namespaced" if entry["namespaced"] else "cluster", ",".join(sorted(entry["verbs"]))]
            words += ["%s=%s:%s" % (name, kind, ",".join(sorted(verbs)))
                      for name, (kind, verbs) in sorted(entry["subs"].items())]
            out.write(" ".join(words) + "\n")


main()
