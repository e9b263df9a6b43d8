"""confluent-kafka against our registry and our serializers."""

import datetime
import decimal
import inspect
import json
import uuid

import confluent_kafka
from confluent_kafka import Consumer, Producer
from confluent_kafka.schema_registry import (
    AssociationCreateOrUpdateInfo,
    AssociationCreateOrUpdateRequest,
    ConfigCompatibilityLevel,
    Metadata,
    MetadataProperties,
    Schema,
    SchemaReference,
    SchemaRegistryClient,
    ServerConfig,
    dual_schema_id_deserializer,
    header_schema_id_serializer,
)
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.schema_registry.error import SchemaRegistryError
from confluent_kafka.schema_registry.json_schema import JSONDeserializer, JSONSerializer
from confluent_kafka.schema_registry.protobuf import ProtobufDeserializer, ProtobufSerializer
from confluent_kafka.serialization import MessageField, SerializationContext
from google.protobuf import json_format

import interop
from interop import HEADER_IDS, equal, ours, true
from protos import compiled

NAME = "confluent-kafka-python-"
client = SchemaRegistryClient({"url": interop.REGISTRY_URL})
# One client cannot serve both a Protobuf serializer and a deserializer: it remembers the answer to registering, which is a text,
# also as that of our registry, and takes it for a descriptor when reading.
reading = SchemaRegistryClient({"url": interop.REGISTRY_URL})

USER = json.dumps({
    "type": "record", "name": "User", "namespace": "interop", "fields": [
        {"name": "name", "type": "string"}, {"name": "age", "type": "int"}]})
USER_MAIL = json.dumps({
    "type": "record", "name": "User", "namespace": "interop", "fields": [
        {"name": "name", "type": "string"}, {"name": "age", "type": "int"},
        {"name": "mail", "type": ["null", "string"], "default": None}]})
USER_NARROW = json.dumps({
    "type": "record", "name": "User", "namespace": "interop", "fields": [
        {"name": "name", "type": "string"}, {"name": "age", "type": "int"},
        {"name": "mail", "type": "string"}]})

EVERYTHING = json.dumps({
    "type": "record", "name": "Everything", "namespace": "interop", "fields": [
        {"name": "flag", "type": "boolean"},
        {"name": "i", "type": "int"},
        {"name": "l", "type": "long"},
        {"name": "f", "type": "float"},
        {"name": "d", "type": "double"},
        {"name": "s", "type": "string"},
        {"name": "b", "type": "bytes"},
        {"name": "colour", "type": {"type": "enum", "name": "Colour", "symbols": ["RED", "GREEN"]}},
        {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 4}},
        {"name": "maybe", "type": ["null", "string"]},
        {"name": "either", "type": ["int", "string", "Colour", {"type": "record", "name": "Point", "fields": [
            {"name": "x", "type": "int"}, {"name": "y", "type": "int"}]}]},
        {"name": "points", "type": {"type": "array", "items": "Point"}},
        {"name": "counts", "type": {"type": "map", "values": "long"}},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 3}},
        {"name": "rate", "type": {"type": "fixed", "name": "Rate", "size": 6, "logicalType": "decimal",
                                  "precision": 12, "scale": 2}},
        {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
        {"name": "day", "type": {"type": "int", "logicalType": "date"}},
        {"name": "time", "type": {"type": "int", "logicalType": "time-millis"}},
        {"name": "exact", "type": {"type": "long", "logicalType": "time-micros"}},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "exactly", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "local", "type": {"type": "long", "logicalType": "local-timestamp-millis"}},
        {"name": "next", "type": ["null", "Everything"]},
    ]})


def everything(**changes):
    utc = datetime.timezone.utc
    value = {
        "flag": True, "i": -(2 ** 31), "l": 2 ** 63 - 1, "f": 1.5, "d": 0.1, "s": "Zoë 🎈", "b": b"\x00\xff",
        "colour": "GREEN", "hash": b"\x01\x02\x03\x80", "maybe": None, "either": 7,
        "points": [{"x": 1, "y": -1}, {"x": 0, "y": 65536}], "counts": {"kö": 2 ** 40},
        "price": decimal.Decimal("-1234567.891"), "rate": decimal.Decimal("0.05"),
        "id": uuid.UUID("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"), "day": datetime.date(1969, 7, 20),
        "time": datetime.time(23, 59, 59, 999000), "exact": datetime.time(0, 0, 0, 1),
        "at": datetime.datetime(2026, 2, 28, 12, 0, 0, 1000, tzinfo=utc),
        "exactly": datetime.datetime(1931, 5, 4, 3, 2, 1, 999999, tzinfo=utc),
        "local": datetime.datetime(2030, 12, 31, 23, 59, 59), "next": None}
    value.update(changes)
    return value


# The same as Avro's JSON, written down by hand: what our side gives and takes.
FORM = {
    "flag": True, "i": -2147483648, "l": 9223372036854775807, "f": 1.5, "d": 0.1, "s": "Zoë 🎈", "b": "\x00ÿ",
    "colour": "GREEN", "hash": "\x01\x02\x03\x80", "maybe": None, "either": {"int": 7},
    "points": [{"x": 1, "y": -1}, {"x": 0, "y": 65536}], "counts": {"kö": 1099511627776},
    "price": "¶i\xfd-", "rate": "\x00\x00\x00\x00\x00\x05", "id": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "day": -165, "time": 86399999, "exact": 1, "at": 1772280000001, "exactly": -1220129878000001,
    "local": 1924991999000, "next": None}
POINT = {"x": 3, "y": 4}
VALUES = [
    (everything(), FORM),
    (everything(maybe="da", either="text"), {**FORM, "maybe": {"string": "da"}, "either": {"string": "text"}}),
    (everything(either=POINT, next=everything()), {**FORM, "either": {"interop.Point": POINT},
                                                   "next": {"interop.Everything": FORM}}),
    (everything(points=[], counts={}), {**FORM, "points": [], "counts": {}}),
]

ORDER = json.dumps({
    "$schema": "http://json-schema.org/draft-07/schema#", "title": "Order", "type": "object",
    "properties": {
        "id": {"type": "integer"}, "price": {"type": "number"}, "note": {"type": ["string", "null"]},
        "lines": {"type": "array", "items": {"$ref": "#/definitions/Line"}},
        "paid": {"type": "boolean"}, "by": {"oneOf": [{"type": "string"}, {"type": "object"}]}},
    "required": ["id"], "additionalProperties": False,
    "definitions": {"Line": {"type": "object", "properties": {
        "sku": {"type": "string"}, "count": {"type": "integer"}}}}})
ORDERS = [
    {"id": 1},
    {"id": 2 ** 53, "price": 0.1, "note": None, "lines": [{"sku": "Zoë 🎈 \"\\", "count": -1}, {}], "paid": True,
     "by": "card"},
    {"id": -3, "note": "", "lines": [], "paid": False, "by": {"deep": [1, [2, {"three": None}]]}},
]

SHOP = """\
syntax = "proto3";
package interop.python;

import "google/protobuf/timestamp.proto";

message Sale {
  int32 i = 1;
  sint64 l = 2;
  fixed32 fixed = 3;
  double d = 4;
  float f = 5;
  bool flag = 6;
  string s = 7;
  bytes b = 8;
  Colour colour = 9;
  repeated Line lines = 10;
  map<string, int64> counts = 11;
  oneof how {
    string card = 12;
    Line barter = 13;
  }
  google.protobuf.Timestamp at = 14;
  optional int32 maybe = 15;

  message Line {
    string sku = 1;
    uint64 count = 2;
  }
}
message Other {
  string only = 1;
}
enum Colour {
  COLOUR_NONE = 0;
  COLOUR_RED = 1;
}
"""
SALES = [
    {},
    {"i": -1, "l": "-9223372036854775808", "fixed": 4294967295, "d": 0.1, "f": 1.5, "flag": True, "s": "Zoë 🎈",
     "b": "AP8=", "colour": "COLOUR_RED", "lines": [{"sku": "a", "count": "18446744073709551615"}, {}],
     "counts": {"kö": "5"}, "barter": {"sku": "goat"}, "at": "2026-02-28T12:00:00.001Z", "maybe": 0},
]


called = set()


def watched(name, method):
    def call(*arguments, **named):
        called.add(name)
        return method(*arguments, **named)

    return call


METHODS = {name for name, _ in inspect.getmembers(SchemaRegistryClient, inspect.isfunction) if not name.startswith("_")}


def fresh():
    """Another client: what one of them remembers of a schema does not tell in which form it asked."""
    return SchemaRegistryClient({"url": interop.REGISTRY_URL})


def registered(topic):
    """The schema of a topic's values as a request of ours wants it."""
    latest = fresh().get_latest_version(topic + "-value").schema
    return {"schema": latest.schema_str, "references": [
        {"name": r.name, "subject": r.subject, "version": r.version} for r in latest.references]}


def context(topic, headers=None, key=False):
    return SerializationContext(topic, MessageField.KEY if key else MessageField.VALUE, headers)


def schema(text, kind="AVRO", references=()):
    return Schema(text, kind, list(references))


def refused(call, status, code):
    try:
        call()
    except SchemaRegistryError as e:
        equal((e.http_status_code, e.error_code), (status, code), "the refusal")
        return
    raise AssertionError(f"expected {status} {code}")


def api():
    """Every public method of SchemaRegistryClient."""
    for name in METHODS:
        is_static = isinstance(inspect.getattr_static(SchemaRegistryClient, name), staticmethod)
        method = watched(name, getattr(SchemaRegistryClient, name))
        setattr(SchemaRegistryClient, name, staticmethod(method) if is_static else method)
    subject = NAME + "api-value"
    first = client.register_schema(subject, schema(USER))
    equal(client.register_schema(subject, schema(USER), normalize_schemas=True), first, "the id again")
    full = client.register_schema_full_response(subject, schema(USER_MAIL))
    true(full.schema_id > first, "a new id for a new schema")
    again = client.new_client({"url": interop.REGISTRY_URL})
    equal(json.loads(again.get_schema(first).schema_str), json.loads(USER), "the schema by id")
    equal(json.loads(again.get_schema(first, subject_name=subject, fmt="resolved").schema_str), json.loads(USER), "resolved")
    latest = again.get_latest_version(subject)
    equal((latest.subject, latest.version, latest.schema_id), (subject, 2, full.schema_id), "the latest version")
    true(latest.guid, "a GUID")
    equal(json.loads(again.get_schema_by_guid(latest.guid).schema_str), json.loads(USER_MAIL), "the schema by GUID")
    equal(fresh().get_version(subject, 1).schema_id, first, "version 1")
    equal(again.get_versions(subject), [1, 2], "the versions")
    equal(again.get_versions(subject, offset=1, limit=1), [2], "a page of versions")
    equal(again.lookup_schema(subject, schema(USER)).version, 1, "the version looked up")
    true("AVRO" in again.get_schema_types(), "the types")
    true(subject in again.get_subjects(), "the subjects")
    equal(again.get_subjects(subject_prefix=subject), [subject], "the subjects with a prefix")
    equal([s for s in again.get_subjects_by_schema_id(first) if s.startswith(NAME)], [subject], "the subjects of an id")
    equal([(v.subject, v.version) for v in again.get_schema_versions(first) if v.subject.startswith(NAME)], [(subject, 1)], "the versions of an id")
    true("." in again.get_contexts(), "the contexts")

    true(again.test_compatibility(subject, schema(USER_MAIL)), "compatible with the latest")
    true(not again.test_compatibility(subject, schema(USER_NARROW), 1), "incompatible with version 1")
    true(again.test_compatibility_all_versions(subject, schema(USER_MAIL), verbose=True), "compatible with all")
    equal(again.get_compatibility(), "BACKWARD", "the global level")
    equal(again.set_compatibility(subject, "FULL_TRANSITIVE")["compatibility"], "FULL_TRANSITIVE", "the level set")
    equal(again.get_compatibility(subject), "FULL_TRANSITIVE", "the level")
    config = again.set_config(subject, ServerConfig(compatibility=ConfigCompatibilityLevel.NONE, compatibility_group="g"))
    equal((config["compatibility"], config["compatibilityGroup"]), ("NONE", "g"), "the settings set")
    equal(again.get_config(subject).compatibility_group, "g", "the settings")
    again.delete_config(subject)
    refused(lambda: again.get_config(subject), 404, 40408)
    true(again.get_config().compatibility_level == ConfigCompatibilityLevel.BACKWARD, "the global settings")

    equal(again.get_global_mode(), "READWRITE", "the global mode")
    equal(again.update_global_mode("READWRITE"), "READWRITE", "the global mode set")
    equal(again.update_mode(subject, "READONLY"), "READONLY", "the mode set")
    equal(again.get_mode(subject), "READONLY", "the mode")
    refused(lambda: again.register_schema(subject, schema(USER_NARROW)), 422, 42205)
    equal(again.delete_mode(subject), "READONLY", "the mode deleted")

    tagged = Schema(USER, "AVRO", [], Metadata(None, MetadataProperties({"owner": "us"}), None), None)
    client.register_schema(subject, tagged)
    found = again.get_latest_with_metadata(subject, {"owner": "us"})
    equal(found.schema.metadata.properties.properties, {"owner": "us"}, "the metadata")

    inner, outer = NAME + "inner", NAME + "outer-value"
    client.register_schema(inner, schema(USER))
    reference = SchemaReference("interop.User", inner, 1)
    referring = client.register_schema(outer, schema(json.dumps({
        "type": "record", "name": "Team", "fields": [{"name": "lead", "type": "interop.User"}]}), references=[reference]))
    equal(again.get_referenced_by(inner, 1), [referring], "what refers to it")
    refused(lambda: again.delete_version(inner, 1), 422, 42206)

    resource = AssociationCreateOrUpdateRequest(
        resource_name=NAME + "topic", resource_namespace="cluster", resource_id="cluster:" + NAME + "topic",
        resource_type="topic", associations=[AssociationCreateOrUpdateInfo(
            subject=subject, association_type="value", lifecycle="STRONG")])
    equal(again.create_association(resource).associations[0].subject, subject, "the association made")
    found = again.get_associations_by_resource_name(NAME + "topic", "cluster", "topic", ["value"])
    equal([a.subject for a in found], [subject], "the association found")
    again.delete_associations("cluster:" + NAME + "topic", "topic", ["value"])
    equal(again.get_associations_by_resource_name(NAME + "topic", "cluster"), [], "the association gone")

    equal(again.delete_version(subject, 1), 1, "a version deleted")
    equal(again.get_versions(subject), [2, 3], "the versions left")
    equal(again.get_versions(subject, deleted=True), [1, 2, 3], "the versions with those deleted")
    equal(again.delete_version(subject, 1, permanent=True), 1, "a version deleted permanently")
    equal(again.delete_subject(subject), [2, 3], "a subject deleted")
    true(subject not in again.get_subjects(), "the subject gone")
    true(subject in again.get_subjects(deleted=True), "the subject among those deleted")
    equal(again.delete_subject(subject, permanent=True), [2, 3], "a subject deleted permanently")
    refused(lambda: fresh().get_latest_version(subject), 404, 40401)
    refused(lambda: fresh().get_schema(2 ** 30), 404, 40403)
    refused(lambda: again.register_schema(subject, schema("{")), 422, 42201)
    again.config()
    again.clear_latest_caches()
    again.clear_caches()
    again.close()
    equal(called & METHODS, METHODS, "the methods that were called")


def write_avro(text, topic, value, settings=None, headers=None, key=False):
    serializer = AvroSerializer(client, text, conf=settings or {})
    return serializer(value, context(topic, headers, key))


def avro():
    topic = NAME + "avro"
    read = AvroDeserializer(client)
    for value, form in VALUES:
        answer = ours("decode", topic=topic, bytesHex=write_avro(EVERYTHING, topic, value).hex())
        equal(answer["value"], form, "ours of theirs")
        for logical in ("false", "true"):
            written = ours("encode", topic=topic, schema=EVERYTHING, value=form,
                           settings={"avro.use.logical.type.converters": logical})
            equal(read(bytes.fromhex(written["bytesHex"]), context(topic)), value, "theirs of ours")
            equal(written["bytesHex"], write_avro(EVERYTHING, topic, value).hex(), "the bytes")
    for text, value, form in [
            ('{"type":"string"}', "Zoë", "Zoë"), ('{"type":"long"}', -(2 ** 62), -(2 ** 62)), ('{"type":"boolean"}', True, True),
            ('{"type":"double"}', 0.1, 0.1), ('{"type":"float"}', 0.5, 0.5), ('{"type":"array","items":"int"}', [1, -2], [1, -2]),
            ('{"type":"map","values":"string"}', {"a": "b"}, {"a": "b"}),
            ('["null","string","long"]', "x", {"string": "x"})]:
        bare = topic + str(abs(hash(text)))
        equal(ours("decode", topic=bare, bytesHex=write_avro(text, bare, value).hex())["value"], form, "ours of " + text)
        written = ours("encode", topic=bare, schema=text, value=form)
        equal(read(bytes.fromhex(written["bytesHex"]), context(bare)), value, "theirs of " + text)
    key = topic + "-key"
    equal(ours("decode", topic=key, isKey=True, bytesHex=write_avro(USER, key, {"name": "k", "age": 1}, key=True).hex())["value"],
          {"name": "k", "age": 1}, "ours of their key")


def json_schema():
    topic = NAME + "json"
    write = JSONSerializer(ORDER, client)
    for order in ORDERS:
        answer = ours("decode", topic=topic, bytesHex=write(order, context(topic)).hex())
        equal((answer["schemaType"], answer["value"]), ("JSON", order), "ours of theirs")
        written = ours("encode", topic=topic, schemaType="JSON", schema=ORDER, value=order,
                       settings={"json.fail.invalid.schema": "true"})
        for read in (JSONDeserializer(ORDER, schema_registry_client=client), JSONDeserializer(None, schema_registry_client=client)):
            equal(read(bytes.fromhex(written["bytesHex"]), context(topic)), order, "theirs of ours")
    try:
        write({"id": "no number"}, context(topic))
        raise AssertionError("an invalid order was written")
    except confluent_kafka.serialization.SerializationError:
        pass


def protobuf():
    topic = NAME + "protobuf"
    types = compiled(SHOP, "interop/python/shop.proto")
    for name in ("interop.python.Sale", "interop.python.Sale.Line", "interop.python.Other"):
        kind = types[name]
        where = topic + "-" + name
        write = ProtobufSerializer(kind, client, {"use.deprecated.format": False})
        read = ProtobufDeserializer(kind, {"use.deprecated.format": False}, reading)
        forms = SALES if name == "interop.python.Sale" else [{"sku": "x"}] if name.endswith("Line") else [{"only": "y"}]
        for form in forms:
            message = json_format.ParseDict(form, kind())
            bytes_ = write(message, context(where))
            answer = ours("decode", topic=where, bytesHex=bytes_.hex())
            equal((answer["schemaType"], answer["value"]), ("PROTOBUF", form), "ours of their " + name)
            written = ours("encode", topic=where, schemaType="PROTOBUF", message=name, value=form, **registered(where))
            equal(written["bytesHex"], bytes_.hex(), "the bytes of " + name)
            equal(read(bytes.fromhex(written["bytesHex"]), context(where)), message, "theirs of our " + name)
        ours("encode", topic=where + "-ours", schemaType="PROTOBUF", schema=SHOP.replace("interop.python", "interop.ours"),
             value={"s": "from a text that came to ours first"})


def headers():
    guid = {"schema.id.serializer": header_schema_id_serializer}
    dual = {"schema.id.deserializer": dual_schema_id_deserializer}
    in_header = {"value.schema.id.serializer": HEADER_IDS}
    topic = NAME + "headers"
    kind = compiled(SHOP, "interop/python/shop.proto")["interop.python.Sale.Line"]
    line = kind(sku="header", count=3)
    cases = [
        ("AVRO", EVERYTHING, VALUES[2][1], VALUES[2][0], AvroSerializer(client, EVERYTHING, conf=guid),
         AvroDeserializer(client, conf=dual), None),
        ("JSON", ORDER, ORDERS[1], ORDERS[1], JSONSerializer(ORDER, client, conf=guid),
         JSONDeserializer(ORDER, schema_registry_client=client, conf=dual), None),
        ("PROTOBUF", SHOP, {"sku": "header", "count": "3"}, line, ProtobufSerializer(kind, client, guid),
         ProtobufDeserializer(kind, dual, reading), "interop.python.Sale.Line"),
    ]
    for language, text, form, value, write, read, message in cases:
        where = topic + "-" + language
        seen = []
        bytes_ = write(value, context(where, seen))
        answer = ours("decode", topic=where, bytesHex=bytes_.hex(), headers={name: v.hex() for name, v in seen})
        equal((answer["schemaType"], answer["value"]), (language, form), "ours of theirs")
        request = {"topic": where, "schemaType": language, "schema": text, "value": form, "settings": in_header}
        if message:
            request.update(message=message, **registered(where))
        written = ours("encode", **request)
        equal({name: v.hex() for name, v in seen}, written["headers"], "the headers")
        got = [(name, bytes.fromhex(v)) for name, v in written["headers"].items()]
        equal(read(bytes.fromhex(written["bytesHex"]), context(where, got)), value, "theirs of ours")
        prefixed = ours("encode", **{**request, "settings": {}})
        equal(read(bytes.fromhex(prefixed["bytesHex"]), context(where, [])), value, "theirs of ours with the id before")


def kafka():
    """Real producers and consumers, theirs on librdkafka."""
    def produce(topic, records):
        producer = Producer({"bootstrap.servers": interop.BOOTSTRAP_SERVERS})
        for value, sent in records:
            producer.produce(topic, value=value, headers=sent)
        equal(producer.flush(60), 0, "what was not sent")

    def consume(topic, count):
        consumer = Consumer({"bootstrap.servers": interop.BOOTSTRAP_SERVERS, "group.id": topic, "auto.offset.reset": "earliest"})
        consumer.subscribe([topic])
        records = []
        try:
            for _ in range(120):
                records += consumer.consume(count - len(records), timeout=0.5)
                if len(records) >= count:
                    break
        finally:
            consumer.close()
        equal([record.error() for record in records], [None] * count, "what came out of " + topic)
        return records

    guid = {"schema.id.serializer": header_schema_id_serializer}
    dual = {"schema.id.deserializer": dual_schema_id_deserializer}
    topic = NAME + "kafka"
    sent = []
    in_header = AvroSerializer(client, EVERYTHING, conf=guid)(VALUES[0][0], context(topic, sent))
    produce(topic, [(write_avro(EVERYTHING, topic, VALUES[1][0]), []), (in_header, sent), (None, [])])
    records = ours("consume", topic=topic, count=3)["records"]
    equal([record["value"] for record in records], [VALUES[1][1], VALUES[0][1], None], "ours of theirs")

    topic = NAME + "kafka-ours"
    for settings in ({}, {"value.schema.id.serializer": HEADER_IDS}):
        for _, form in VALUES:
            ours("produce", topic=topic, schema=EVERYTHING, value=form, settings=settings)
    read = AvroDeserializer(client, conf=dual)
    seen = [read(r.value(), context(topic, r.headers() or [])) for r in consume(topic, 2 * len(VALUES))]
    equal(seen, [value for value, _ in VALUES] * 2, "theirs of ours")

    topic = NAME + "kafka-json"
    for order in ORDERS:
        ours("produce", topic=topic, schemaType="JSON", schema=ORDER, value=order)
    read = JSONDeserializer(ORDER, schema_registry_client=client)
    equal([read(r.value(), context(topic, r.headers() or [])) for r in consume(topic, 3)], ORDERS, "theirs of our JSON")

    topic = NAME + "kafka-protobuf"
    kind = compiled(SHOP, "interop/python/shop.proto")["interop.python.Sale"]
    for form in SALES:
        ours("produce", topic=topic, schemaType="PROTOBUF", schema=SHOP, value=form)
    read = ProtobufDeserializer(kind, {}, reading)
    messages = [read(r.value(), context(topic, r.headers() or [])) for r in consume(topic, 2)]
    equal(messages, [json_format.ParseDict(form, kind()) for form in SALES], "theirs of our Protobuf")


def evolution():
    """Old readers of newer records and the reverse, theirs and ours."""
    topic = NAME + "evolution"
    old, new = {"name": "Kim", "age": 3}, {"name": "Kim", "age": 3, "mail": "k@x"}
    new_form = {"name": "Kim", "age": 3, "mail": {"string": "k@x"}}
    from_old = ours("encode", topic=topic, schema=USER, value=old)["bytesHex"]
    from_new = ours("encode", topic=topic, schema=USER_MAIL, value=new_form)["bytesHex"]
    read_old, read_new = AvroDeserializer(client, USER), AvroDeserializer(client, USER_MAIL)
    equal(read_old(bytes.fromhex(from_new), context(topic)), old, "their old reader of ours")
    equal(read_new(bytes.fromhex(from_old), context(topic)), {**old, "mail": None}, "their new reader of ours")
    latest = AvroDeserializer(client, conf={"use.latest.version": True})
    equal(latest(bytes.fromhex(from_old), context(topic)), {**old, "mail": None}, "their reader of the latest")
    theirs_new = write_avro(USER_MAIL, topic, new).hex()
    theirs_old = write_avro(USER, topic, old).hex()
    equal(ours("decode", topic=topic, bytesHex=theirs_new, reader=USER)["value"], old, "our old reader of theirs")
    equal(ours("decode", topic=topic, bytesHex=theirs_old, reader=USER_MAIL)["value"], {**old, "mail": None}, "our new reader")
    equal(ours("decode", topic=topic, bytesHex=theirs_old, settings={"use.latest.version": "true"})["value"],
          {**old, "mail": None}, "our reader of the latest")
    refused(lambda: write_avro(USER_NARROW, topic, new), 409, 40901)

    before = 'syntax = "proto3"; package interop.evolution; message M { string a = 1; int32 gone = 2; }'
    after = 'syntax = "proto3"; package interop.evolution; message M { string a = 1; repeated string more = 3; }'
    topic = NAME + "evolution-protobuf"
    old, new = (compiled(text, "evolution.proto")["interop.evolution.M"] for text in (before, after))
    first = ours("encode", topic=topic, schemaType="PROTOBUF", schema=before, value={"a": "x", "gone": 7})["bytesHex"]
    second = ours("encode", topic=topic, schemaType="PROTOBUF", schema=after, value={"a": "x", "more": ["y"]})["bytesHex"]
    read = ProtobufDeserializer(old, {}, reading)(bytes.fromhex(second), context(topic))
    equal((read.a, read.gone), ("x", 0), "their old Protobuf reader")
    read = ProtobufDeserializer(new, {}, reading)(bytes.fromhex(first), context(topic))
    equal((read.a, list(read.more)), ("x", []), "their new Protobuf reader")

    topic = NAME + "evolution-json"
    closed = '{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}'
    wider = '{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"integer"}},"additionalProperties":false}'
    first = ours("encode", topic=topic, schemaType="JSON", schema=closed, value={"a": "x"})["bytesHex"]
    equal(JSONDeserializer(wider, schema_registry_client=client)(bytes.fromhex(first), context(topic)), {"a": "x"},
          "their wider JSON reader")
    second = JSONSerializer(wider, client)({"a": "x", "b": 1}, context(topic)).hex()
    equal(ours("decode", topic=topic, bytesHex=second)["value"], {"a": "x", "b": 1}, "ours of their wider JSON")


def references():
    topic = NAME + "references"
    user = NAME + "references-user"
    client.register_schema(user, schema(USER))
    team = schema(json.dumps({"type": "record", "name": "Team", "namespace": "interop", "fields": [
        {"name": "lead", "type": "User"}, {"name": "all", "type": {"type": "array", "items": "interop.User"}}]}),
        references=[SchemaReference("interop.User", user, 1)])
    value = {"lead": {"name": "Kim", "age": 3}, "all": [{"name": "Zoë", "age": 4}]}
    bytes_ = AvroSerializer(client, team)(value, context(topic))
    equal(ours("decode", topic=topic, bytesHex=bytes_.hex())["value"], value, "ours of theirs")
    written = ours("encode", topic=topic, schema=team.schema_str, value=value, references=[
        {"name": "interop.User", "subject": user, "version": 1}])
    equal(written["bytesHex"], bytes_.hex(), "the bytes")
    equal(AvroDeserializer(client)(bytes.fromhex(written["bytesHex"]), context(topic)), value, "theirs of ours")

    topic = NAME + "references-json"
    line = NAME + "line"
    client.register_schema(line, schema('{"type":"object","properties":{"sku":{"type":"string"}}}', "JSON"))
    cart = schema('{"type":"object","properties":{"first":{"$ref":"line.json"}}}', "JSON", [SchemaReference("line.json", line, 1)])
    value = {"first": {"sku": "a"}}
    bytes_ = JSONSerializer(cart, client)(value, context(topic))
    equal(ours("decode", topic=topic, bytesHex=bytes_.hex())["value"], value, "ours of their JSON")
    written = ours("encode", topic=topic, schemaType="JSON", schema=cart.schema_str, value=value, references=[
        {"name": "line.json", "subject": line, "version": 1}])
    equal(written["bytesHex"].lower(), written["bytesHex"], "hex")
    equal(JSONDeserializer(None, schema_registry_client=client)(bytes.fromhex(written["bytesHex"]), context(topic)), value,
          "theirs of our JSON")


if __name__ == "__main__":
    from vectors import vectors_avro, vectors_json, vectors_protobuf
    interop.run(confluent_kafka.version(), [
        api, avro, json_schema, protobuf, headers, kafka, evolution, references, vectors_avro, vectors_json, vectors_protobuf])
