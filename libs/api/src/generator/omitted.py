#!/usr/bin/env python3
"""Derives omitted.txt: which fields of the published types are left out where they are empty.

usage: omitted.py MODULES ../main/resources/io/kubespring/api/definitions.txt > ../main/resources/io/kubespring/api/omitted.txt
MODULES is a folder with the Go modules k8s.io/{api,apimachinery,apiextensions-apiserver,kube-aggregator}@v0.36.x.
Only names are taken: a field is listed if its tag says omitempty and its type is a plain scalar, a list or a map
(pointers are kept when they point at something empty), or if its tag says omitzero.
"""
import glob
import os
import re
import sys

ROOTS = {
    "api": ("io.k8s.api.", ""),
    "apimachinery": ("io.k8s.apimachinery.", "pkg/apis/meta/"),
    "apiextensions-apiserver": ("io.k8s.apiextensions-apiserver.", "pkg/apis/apiextensions/"),
    "kube-aggregator": ("io.k8s.kube-aggregator.", "pkg/apis/apiregistration/"),
}
SCALARS = {"string", "bool", "int", "int32", "int64", "float64", "UID", "NodeName"}


def packages(modules):
    for module, (prefix, below) in ROOTS.items():
        (root,) = glob.glob(f"{modules}/{module}@*")
        for folder in sorted(glob.glob(f"{root}/{below}**/", recursive=True)):
            files = [f for f in glob.glob(folder + "*.go") if not re.search(r"zz_|_test|generated|swagger_doc", f)]
            if re.fullmatch(r"v\d+((alpha|beta)\d+)?", os.path.basename(folder.rstrip("/"))) and files:
                name = prefix + os.path.relpath(folder, root).replace("/", ".") + "."
                yield name, "\n".join(open(f).read() for f in files)


structs, aliases = {}, {}
for package, text in packages(sys.argv[1]):
    text = re.sub(r"(?m)//.*$", "", text)
    for name, body in re.findall(r"(?ms)^type (\w+) struct \{\n(.*?)^\}", text):
        structs[package + name] = (package, body)
    for name, of in re.findall(r"(?m)^type (\w+) (?!struct|interface|=)(\S+)\s*$", text):
        aliases.setdefault(name, of)
by_name = {}
for full in structs:
    by_name.setdefault(full.rsplit(".", 1)[1], full)


def plain(go):
    if go.startswith("*"):
        return False
    go = go.split(".")[-1] if not go.startswith(("[]", "map[")) else go
    while go in aliases:
        go = aliases[go].split(".")[-1] if not aliases[go].startswith(("[]", "map[")) else aliases[go]
    return go.startswith(("[]", "map[")) or go in SCALARS


def omitted(full):
    package, body = structs[full]
    found = []
    for line in body.splitlines():
        field = re.match(r'\s*(?:(\w+)\s+)?([\w.\[\]*]+)\s+`.*?json:"([^"]*)"', line)
        if not field:
            continue
        go, tag = field[2], field[3].split(",")
        if "inline" in tag:
            bare = go.split(".")[-1].lstrip("*")
            inner = package + bare if package + bare in structs else by_name.get(bare)
            found += omitted(inner) if inner else []
        elif "omitempty" in tag and plain(go) or "omitzero" in tag and not go.startswith("*"):
            found.append(tag[0])
    return found


described = {line.split(" ", 1)[0] for line in open(sys.argv[2])}
for full in sorted(structs):
    fields = omitted(full)
    if fields and full in described:
        print(full, ",".join(dict.fromkeys(fields)))
