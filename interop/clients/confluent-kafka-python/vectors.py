"""The rows of interop/vectors, written and read."""

import base64
import json
import pathlib

from confluent_kafka.schema_registry import (
    Schema,
    SchemaReference,
    SchemaRegistryClient,
    dual_schema_id_deserializer,
    header_schema_id_serializer,
)
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.schema_registry.json_schema import JSONDeserializer, JSONSerializer
from confluent_kafka.schema_registry.protobuf import ProtobufDeserializer, ProtobufSerializer
from confluent_kafka.serialization import MessageField, SerializationContext
from google.protobuf import descriptor_pool, empty_pb2, json_format, timestamp_pb2, wrappers_pb2  # noqa: F401
from google.protobuf.message_factory import GetMessageClass

import interop
from interop import Avro, equal
from protos import linked

HERE = pathlib.Path(__file__).parent
client = SchemaRegistryClient({"url": interop.VECTORS_URL})
READING = {"schema.id.deserializer": dual_schema_id_deserializer}


def schema_of(row):
    references = [SchemaReference(r["name"], r["subject"], r["version"]) for r in row["references"]]
    return Schema(row["schema"], row["schemaType"], references)


def writing(row):
    conf = {"auto.register.schemas": False, "use.schema.id": row["id"]}
    if row["framing"] == "header":
        conf["schema.id.serializer"] = header_schema_id_serializer
    return conf


def context(row, headers):
    return SerializationContext(row["topic"], MessageField.KEY if row["isKey"] else MessageField.VALUE, headers)


def headers_of(row):
    return [(name, bytes.fromhex(value)) for name, value in row["headers"].items()]


def assert_written(row, serializer, value):
    headers = []
    bytes_ = serializer(value, context(row, headers))
    equal(bytes_.hex(), row["bytesHex"], "the bytes")
    equal({name: v.hex() for name, v in headers}, row["headers"], "the headers")


def assert_read(row, deserializer, value):
    equal(deserializer(bytes.fromhex(row["bytesHex"]), context(row, headers_of(row))), value, "the value")


def each(language, check):
    deviations = interop.Deviations(HERE / "deviations.txt")
    rows = interop.vectors(language)
    for row in rows:
        for direction in ("read", "write"):
            name = f"{language} {direction} {row['name']}"
            deviations.check(name, lambda: check(row, direction))
    deviations.reasons = {n: r for n, r in deviations.reasons.items() if n.startswith(language + " ")}
    deviations.finish(2 * len(rows))


def vectors_avro():
    def check(row, direction):
        named = [r["schema"] for r in row.get("referenced", ())]
        form = Avro(row["schema"], named)
        if direction == "write":
            serializer = AvroSerializer(client, schema_of(row), conf=writing(row))
            assert_written(row, serializer, form.value(row["value"], tagged=True))
        elif "reader" in row:
            reader = AvroDeserializer(client, row["reader"], conf=READING)
            assert_read(row, reader, Avro(row["reader"], named).value(json.loads(row["readAs"])))
        else:
            assert_read(row, AvroDeserializer(client, conf=READING), form.value(row["value"]))

    each("avro", check)


def vectors_json():
    def check(row, direction):
        if direction == "write":
            # Which spelling of a text or a number a program chooses is its own affair.
            headers = []
            bytes_ = JSONSerializer(schema_of(row), client, conf=writing(row))(row["value"], context(row, headers))
            prefix = 10 if row["framing"] == "prefix" else 0
            equal(bytes_.hex()[:prefix], row["bytesHex"][:prefix], "the id")
            equal({name: v.hex() for name, v in headers}, row["headers"], "the headers")
            equal(json.loads(bytes_[prefix // 2:]), row["value"], "the document")
        else:
            assert_read(row, JSONDeserializer(None, schema_registry_client=client, conf=READING), row["value"])

    each("json", check)


def vectors_protobuf():
    def check(row, direction):
        kind = served(row)[row["message"]]
        message = json_format.ParseDict(row["value"], kind(), descriptor_pool=kind.DESCRIPTOR.file.pool)
        if direction == "write":
            assert_written(row, ProtobufSerializer(kind, client, writing(row)), message)
        else:
            assert_read(row, ProtobufDeserializer(kind, READING, client), message)

    each("protobuf", check)


def served(row):
    """The classes of a row's schema, from the descriptors that our registry makes of it and of what it refers to."""
    if row["message"].startswith("google.protobuf."):
        return {row["message"]: GetMessageClass(descriptor_pool.Default().FindMessageTypeByName(row["message"]))}
    by_version = {(r["subject"], r["version"]): r for r in row.get("referenced", ())}
    files = []

    def collect(references):
        for reference in references:
            found = by_version[(reference["subject"], reference["version"])]
            collect(found.get("references", ()))
            files.append((reference["name"], serialized(found["id"])))

    collect(row["references"])
    return linked("vector.proto", [*files, ("vector.proto", serialized(row["id"]))])


def serialized(id_):
    url = f"{interop.VECTORS_URL}/schemas/ids/{id_}?format=serialized"
    return base64.b64decode(interop.call("GET", url)["schema"])
