"""datamountaineer-schemaregistry against our registry and our serializers.

It is of 2018 and needs a fastavro of that time, which looks for some names where Python had them until 3.9. Nothing else is changed.
"""

import collections
import collections.abc
import importlib.metadata
import json
import pathlib

for name in ("Iterable", "Mapping"):
    setattr(collections, name, getattr(collections.abc, name))

from datamountaineer.schemaregistry.client import ClientError, SchemaRegistryClient  # noqa: E402
from datamountaineer.schemaregistry.serializers import MessageSerializer, Util  # noqa: E402

import interop  # noqa: E402
from interop import Avro, deviation, equal, ours, true  # noqa: E402

HERE = pathlib.Path(__file__).parent
NAME = "datamountaineer-"
USER = """{"type": "record", "name": "User", "namespace": "interop.old", "fields": [
    {"name": "name", "type": "string"}, {"name": "age", "type": "int"}]}"""
USER_MAIL = """{"type": "record", "name": "User", "namespace": "interop.old", "fields": [
    {"name": "name", "type": "string"}, {"name": "age", "type": "int"},
    {"name": "mail", "type": ["null", "string"], "default": null}]}"""
USER_NARROW = """{"type": "record", "name": "User", "namespace": "interop.old", "fields": [
    {"name": "name", "type": "string"}, {"name": "age", "type": "int"}, {"name": "mail", "type": "string"}]}"""
EVERYTHING = """{"type": "record", "name": "Everything", "namespace": "interop.old", "fields": [
    {"name": "flag", "type": "boolean"}, {"name": "i", "type": "int"}, {"name": "l", "type": "long"},
    {"name": "f", "type": "float"}, {"name": "d", "type": "double"}, {"name": "s", "type": "string"},
    {"name": "b", "type": "bytes"},
    {"name": "colour", "type": {"type": "enum", "name": "Colour", "symbols": ["RED", "GREEN"]}},
    {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 2}},
    {"name": "maybe", "type": ["null", "string"]},
    {"name": "numbers", "type": {"type": "array", "items": "int"}},
    {"name": "counts", "type": {"type": "map", "values": "long"}},
    {"name": "inner", "type": {"type": "record", "name": "Inner", "fields": [{"name": "x", "type": "int"}]}}]}"""
VALUE = {"flag": True, "i": -(2 ** 31), "l": 2 ** 63 - 1, "f": 1.5, "d": 0.1, "s": "Zoë 🎈", "b": b"\x00\xff",
         "colour": "GREEN", "hash": b"\x01\x80", "maybe": "da", "numbers": [1, -2], "counts": {"kö": 2 ** 40},
         "inner": {"x": 3}}
FORM = {**VALUE, "b": "\x00ÿ", "hash": "\x01\x80", "maybe": {"string": "da"}}
KIM = {"name": "Kim", "age": 33}


def client():
    return SchemaRegistryClient(url=interop.REGISTRY_URL)


def parsed(text):
    return Util.parse_schema_from_string(text)


def text(schema):
    return schema.to_json() if schema is not None else None


def README():
    """Every call of its README."""
    registry = client()
    subject = NAME + "readme"
    schema_id = registry.register(subject, parsed(USER))
    equal(client().register(subject, parsed(USER)), schema_id, "the id again")
    equal(text(client().get_by_id(schema_id)), json.loads(USER), "the schema by id")
    found_id, found, version = client().get_latest_schema(subject)
    equal((found_id, text(found), version), (schema_id, json.loads(USER), 1), "the latest schema")
    equal(client().get_version(subject, parsed(USER)), 1, "the version")
    equal(registry.test_compatibility(subject, parsed(USER_MAIL)), True, "a compatible schema")
    equal(registry.test_compatibility(subject, parsed(USER_NARROW)), False, "an incompatible schema")
    equal(registry.update_compatibility("NONE", subject), "NONE", "the new level")
    for level in ("FULL", "FORWARD", "BACKWARD", "NONE"):
        equal(registry.update_compatibility(level, subject), level, "the level set")
    equal(registry.get_compatibility(subject), "NONE", "the level")

    serializer = MessageSerializer(registry)
    schema = parsed(USER)
    by_schema = serializer.encode_record_with_schema(subject, schema, KIM)
    by_id = serializer.encode_record_with_schema_id(schema_id, schema, KIM)
    for_topic = serializer.encode_record_for_topic(subject, KIM)
    equal(by_schema, by_id, "the bytes by id")
    equal(by_schema, for_topic, "the bytes for the topic")
    equal(serializer.decode_message(by_schema), KIM, "the record")
    equal(MessageSerializer(client()).decode_message(by_schema), KIM, "the record, by another client")
    deviation("its README encodes by an id without a schema; the method takes the schema as well")


def api():
    """What the README does not show."""
    registry = client()
    subject = NAME + "api"
    key = registry.register(subject, parsed(USER_MAIL), is_key=True)
    equal(client().get_latest_schema(subject, is_key=True)[0], key, "the latest key")
    equal(registry.get_latest_schema(subject), (None, None, None), "the latest value, which is not there")
    equal(registry.get_by_id(2 ** 30), None, "an unknown id")
    equal(registry.get_version(subject, parsed(USER)), -1, "the version of what is not registered")
    true(Util.parse_schema_from_file(HERE / "user.avsc").to_json()["name"] == "User", "a schema from a file")
    registry.register(subject, parsed(USER))
    try:
        registry.register(subject, parsed(USER_NARROW))
        raise AssertionError("an incompatible schema was registered")
    except ClientError as e:
        equal(e.http_code, 409, "the refusal")
    try:
        registry.list_all()
        raise AssertionError("list_all has become able to list")
    except NameError as e:
        deviation(f"list_all fails in itself, whatever the registry answers: {e}")


def avro():
    topic = NAME + "avro"
    for fast in (True, False):
        serializer = MessageSerializer(client(), fast_avro=fast)
        bytes_ = serializer.encode_record_with_schema(topic, parsed(EVERYTHING), VALUE)
        equal(ours("decode", topic=topic, bytesHex=bytes_.hex())["value"], FORM, "ours of theirs")
        written = ours("encode", topic=topic, schema=EVERYTHING, value=FORM)["bytesHex"]
        equal(written, bytes_.hex(), "the bytes")
        equal(MessageSerializer(client(), fast_avro=fast).decode_message(bytes.fromhex(written)), VALUE, "theirs of ours")
        key = serializer.encode_record_with_schema(topic, parsed(USER), KIM, is_key=True)
        equal(ours("decode", topic=topic, isKey=True, bytesHex=key.hex())["value"], KIM, "ours of their key")


def evolution():
    """It reads with the writer's schema only; ours has a newer or an older one."""
    topic = NAME + "evolution"
    serializer = MessageSerializer(client())
    old = serializer.encode_record_with_schema(topic, parsed(USER), KIM).hex()
    new = serializer.encode_record_with_schema(topic, parsed(USER_MAIL), {**KIM, "mail": "k@x"}).hex()
    equal(ours("decode", topic=topic, bytesHex=old, reader=USER_MAIL)["value"], {**KIM, "mail": None}, "our newer reader")
    equal(ours("decode", topic=topic, bytesHex=new, reader=USER)["value"], KIM, "our older reader")
    newest = ours("encode", topic=topic, schema=USER_MAIL, value={**KIM, "mail": {"string": "o@x"}})["bytesHex"]
    equal(serializer.decode_message(bytes.fromhex(newest)), {**KIM, "mail": "o@x"}, "theirs of our newer record")


def vectors():
    """The rows in its reach: records, without references, the id before them. All of them read, with both of its decoders."""
    registry = SchemaRegistryClient(url=interop.VECTORS_URL)
    rows = [row for row in interop.vectors("avro")
            if row["framing"] == "prefix" and not row["references"] and is_record(row["schema"])]
    deviations = interop.Deviations(HERE / "deviations.txt")
    for row in rows:
        bytes_ = bytes.fromhex(row["bytesHex"])
        for fast in (True, False):
            serializer = MessageSerializer(registry, fast_avro=fast)
            kind = "fast" if fast else "slow"
            # fastavro has objects for dates and the like, Avro's own package of that time has not.
            value = Avro(row["schema"], logical=fast).value(row["value"])
            deviations.check(f"{kind} read {row['name']}",
                             lambda: equal(serializer.decode_message(bytes_), value, "the value"))
            deviations.check(f"{kind} write {row['name']}", lambda: equal(
                serializer.encode_record_with_schema_id(row["id"], parsed(row["schema"]), value).hex(), row["bytesHex"], "the bytes"))
    deviations.finish(4 * len(rows))


def is_record(schema):
    schema = json.loads(schema)
    return isinstance(schema, dict) and schema["type"] == "record"


if __name__ == "__main__":
    interop.run(importlib.metadata.version("datamountaineer-schemaregistry"), [README, api, avro, evolution, vectors])
