#!/usr/bin/env python3
"""Derives the compact facts of the protobuf forms of upstream's types into this module's resources.

Arguments: folders of the Go modules k8s.io/api, k8s.io/apimachinery, k8s.io/apiextensions-apiserver and
k8s.io/kube-aggregator in the version that is implemented.

messages.txt: one message a line, its name (the last parts of its package, and "quantity" for that of Quantity), then one word a field, by number:
"<number><presence><repetition><type>=<JSON name>". Presence is "!" for what is always written and always shown in
JSON, "." for what is always written but left out of JSON when it is zero, "," for a message of which the same is true
when it is empty, "?" for what may be absent. Repetition is "*" for a list, "%" for a map with text keys (the type is its values'), "~" for a
message whose fields JSON shows in its parent, else nothing. Type is "s" text, "b" flag, "i" signed integer, "d" double,
"y" bytes, or ":<message>".
"""
import pathlib
import re
import sys

OUT = pathlib.Path(__file__).resolve().parent.parent / "main/resources/io/kubespring/apimachinery/protobuf/messages.txt"
PACKAGES = """apimachinery/pkg/apis/meta/v1 apimachinery/pkg/apis/meta/v1beta1 apimachinery/pkg/api/resource
apimachinery/pkg/util/intstr apimachinery/pkg/runtime api/core/v1 api/admissionregistration/v1 api/apps/v1
api/authentication/v1 api/authorization/v1 api/autoscaling/v1 api/autoscaling/v2 api/batch/v1 api/certificates/v1
api/coordination/v1 api/discovery/v1 api/events/v1 api/flowcontrol/v1 api/networking/v1 api/node/v1 api/policy/v1
api/rbac/v1 api/resource/v1 api/scheduling/v1 api/storage/v1 api/apidiscovery/v2
apiextensions-apiserver/pkg/apis/apiextensions/v1 kube-aggregator/pkg/apis/apiregistration/v1""".split()
LABELS = {"k8s.io.apimachinery.pkg.api.resource": "quantity", "k8s.io.apimachinery.pkg.util.intstr": "intstr",
          "k8s.io.apimachinery.pkg.runtime": "runtime"}
SCALARS = {"string": "s", "bool": "b", "int32": "i", "int64": "i", "double": "d", "bytes": "y"}


def label(package):
    return LABELS.get(package) or ".".join(package.split(".")[-2:])


def short(name, package):
    """A message's name as it is kept."""
    owner, _, message = name.removeprefix(".").rpartition(".")
    return (label(owner) if owner else package) + "." + message


def go_fields(folder):
    """Struct -> field number -> (Go type, JSON name, JSON options)."""
    structs = {}
    for path in sorted(folder.glob("*.go")):
        if path.name.endswith("_test.go") or path.name.startswith("generated"):
            continue
        current = None
        for line in path.read_text().splitlines():
            start = re.match(r"type (\w+) struct \{", line)
            if start:
                current = structs.setdefault(start.group(1), {})
            elif line.startswith("}"):
                current = None
            elif current is not None:
                tag = re.match(r"\s+(?:(\w+)\s+)?(\S+)\s+`(.*)`", line)
                number = tag and re.search(r'protobuf:"\w+,(\d+),', tag.group(3))
                if number:
                    json = re.search(r'json:"([^"]*)"', tag.group(3))
                    name, *options = (json.group(1) if json else "").split(",")
                    current[int(number.group(1))] = (tag.group(2), name, options)
    return structs


def word(package, message, line, structs):
    field = re.match(r"\s+(optional|repeated|)\s*(map<string, ?([\w.]+)>|[\w.]+) (\w+) = (\d+);", line)
    label, type, values, name, number = field.groups()
    number = int(number)
    go, json, options = structs.get(message, {}).get(number, ("", name, []))
    kind = values or type
    if kind not in SCALARS:
        kind = ":" + short(kind, package)
    else:
        kind = SCALARS[kind]
    repetition = "*" if label == "repeated" else "%" if values else "~" if "inline" in options else ""
    if repetition in ("*", "%") or go.startswith("*") or kind == "y" or go in ("Verbs", "ExtraValue"):
        presence = "?"
    elif "omitzero" in options:
        presence = ","
    elif "omitempty" in options and not kind.startswith(":"):
        presence = "."
    else:
        presence = "!"
    return number, f"{number}{presence}{repetition}{kind}={json or name}"


def messages(package, folder):
    structs = go_fields(folder)
    current, words = None, []
    for line in (folder / "generated.proto").read_text().splitlines():
        start = re.match(r"message (\w+) \{", line)
        if start:
            current, words = start.group(1), []
        elif line.startswith("}") and current:
            yield " ".join([package + "." + current] + [text for _, text in sorted(words)])
            current = None
        elif current and re.match(r"\s+[^/\s].*= \d+;", line):
            words.append(word(package, current, line, structs))


def main(*modules):
    folders = {pathlib.Path(each).name: pathlib.Path(each) for each in modules}
    lines = []
    for package in PACKAGES:
        module, rest = package.split("/", 1)
        lines += messages(label("k8s.io." + package.replace("/", ".")), folders[module] / rest)
    OUT.write_text("\n".join(sorted(lines)) + "\n")


main(*sys.argv[1:])
