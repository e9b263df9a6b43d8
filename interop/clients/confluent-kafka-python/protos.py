"""Protobuf classes of a schema's text, by protoc, without generated sources."""

import importlib
import os
import pathlib
import tempfile

import grpc_tools
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from grpc_tools import protoc

known = {}


def compiled(text, name, imports=()):
    """The classes of all messages of a file, by full name; imports are pairs of a name and a text."""
    key = (text, name, tuple(imports))
    if key not in known:
        known[key] = _classes(text, name, imports)
    return known[key]


def _classes(text, name, imports):
    with tempfile.TemporaryDirectory(dir=os.environ.get("CLIENT_HOME")) as folder:
        for file, content in [*imports, (name, text)]:
            path = pathlib.Path(folder) / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        out = pathlib.Path(folder) / "out.bin"
        well_known = pathlib.Path(grpc_tools.__file__).parent / "_proto"
        arguments = ["protoc", f"-I{folder}", f"-I{well_known}", "--include_imports", f"--descriptor_set_out={out}", name]
        if protoc.main(arguments) != 0:
            raise ValueError(f"protoc does not take {name}")
        files = descriptor_pb2.FileDescriptorSet.FromString(out.read_bytes())
    return linked(name, [(file.name, file.SerializeToString()) for file in files.file])


def linked(name, files):
    """The classes of all messages of a file, given as serialized descriptors after those of what it imports."""
    parsed = []
    for file, content in files:
        parsed.append(descriptor_pb2.FileDescriptorProto.FromString(content))
        parsed[-1].name = file
    pool = descriptor_pool.DescriptorPool()
    added = {file.name for file in parsed}
    for file in parsed:
        for dependency in file.dependency:
            _add_well_known(pool, dependency, added)
        pool.Add(file)
    classes = {}
    for message in pool.FindFileByName(name).message_types_by_name.values():
        _collect(message, classes)
    return classes


def _add_well_known(pool, name, added):
    if name in added:
        return
    importlib.import_module(name.removesuffix(".proto").replace("/", ".") + "_pb2")
    file = descriptor_pb2.FileDescriptorProto()
    descriptor_pool.Default().FindFileByName(name).CopyToProto(file)
    added.add(name)
    for dependency in file.dependency:
        _add_well_known(pool, dependency, added)
    pool.Add(file)


def _collect(message, classes):
    classes[message.full_name] = message_factory.GetMessageClass(message)
    for nested in message.nested_types:
        _collect(nested, classes)
