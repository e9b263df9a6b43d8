"""What the Python clients share: groups of checks, our serializers, the vectors, Avro's JSON. Needs nothing but Python."""

import datetime
import decimal
import json
import math
import os
import pathlib
import struct
import traceback
import urllib.error
import urllib.request
import uuid

REGISTRY_URL = os.environ["REGISTRY_URL"]
BOOTSTRAP_SERVERS = os.environ["BOOTSTRAP_SERVERS"]
VECTORS_URL = os.environ["VECTORS_URL"]
HEADER_IDS = "io.confluent.kafka.serializers.schema.id.HeaderSchemaIdSerializer"

checks = 0


def equal(seen, expected, what):
    """One check."""
    global checks
    checks += 1
    if not same(seen, expected):
        raise AssertionError(f"{what}: expected {expected!r}, saw {seen!r}")


def true(holds, what):
    global checks
    checks += 1
    if not holds:
        raise AssertionError(what)


def same(a, b):
    """Equal, of one kind, and NaN is NaN."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b))
    if isinstance(a, float) and isinstance(b, float):
        return a == b or (math.isnan(a) and math.isnan(b))
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    return a == b


def run(version, groups):
    """Runs every group of checks, named by its function, and says how it went."""
    global checks
    print(f"version {version}", flush=True)
    for group in groups:
        checks = 0
        name = group.__name__.replace("_", " ")
        try:
            group()
            print(f"passed {name}: {checks} checks", flush=True)
        except Exception as e:  # whatever a client throws is a finding
            traceback.print_exc()
            print(f"FAILED {name}: {type(e).__name__}: {e}".replace("\n", " "), flush=True)


def deviation(text):
    print(f"deviation: {text}", flush=True)


def call(method, url, body=None):
    """JSON over HTTP: the answer, or the error's."""
    request = urllib.request.Request(url, method=method)
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/vnd.schemaregistry.v1+json")
    try:
        with urllib.request.urlopen(request, timeout=90) as response:
            return json.load(response)
    except urllib.error.HTTPError as e:
        raise RuntimeError(f"{method} {url}: {e.code} {e.read().decode()}") from None


def ours(task, **request):
    """Our serializers: interop/README.md says what they take."""
    return call("POST", os.environ["PEER_URL"] + "/" + task, request)


def vectors(language):
    path = pathlib.Path(os.environ["VECTORS"]) / (language + ".jsonl")
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class Deviations:
    """Rows that a client is known to treat otherwise, each with the reason, from a file of lines 'NAME: REASON'."""

    def __init__(self, path):
        self.reasons = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                name, reason = line.split(": ", 1)
                self.reasons[name] = reason
        self.met = set()
        self.wrong = []

    def check(self, name, check):
        """Counts a check whose outcome must be what the file says."""
        try:
            check()
        except Exception as e:  # whatever a client throws is a finding
            if name in self.reasons:
                self.met.add(name)
            else:
                self.wrong.append(f"{name}: {type(e).__name__}: {str(e)[:300]}")
            return
        if name in self.reasons:
            self.wrong.append(f"{name}: passes although it is listed as a deviation")

    def finish(self, total):
        for reason in sorted(set(self.reasons[name] for name in self.met)):
            count = sum(self.reasons[name] == reason for name in self.met)
            deviation(f"{count} of {total}: {reason}")
        if self.wrong:
            raise AssertionError(f"{len(self.wrong)} of {total} rows: " + " | ".join(self.wrong[:400]))


class Avro:
    """Avro's JSON encoding as the values that Python's Avro libraries take and give."""

    PRIMITIVE = {"null", "boolean", "int", "long", "float", "double", "bytes", "string"}

    def __init__(self, schema, named=(), logical=True):
        self.named = {}
        self.logical = logical
        for other in named:
            self._define(json.loads(other), "")
        self.schema = json.loads(schema)
        self._define(self.schema, "")

    def value(self, form, tagged=False):
        """The value of a form; tagged: members of unions that are named types say which, for writing."""
        return self._value(self.schema, "", form, tagged)

    @staticmethod
    def _full(name, namespace):
        return name if "." in name or not namespace else namespace + "." + name

    def _define(self, schema, namespace):
        if isinstance(schema, list):
            for branch in schema:
                self._define(branch, namespace)
        elif isinstance(schema, dict):
            kind = schema["type"]
            if kind in ("record", "error", "enum", "fixed"):
                name = schema["name"]
                if "namespace" in schema and "." not in name:
                    name = self._full(name, schema["namespace"])
                else:
                    name = self._full(name, namespace)
                self.named[name] = (schema, name.rpartition(".")[0])
                for field in schema.get("fields", ()):
                    self._define(field["type"], name.rpartition(".")[0])
            elif kind == "array":
                self._define(schema["items"], namespace)
            elif kind == "map":
                self._define(schema["values"], namespace)
            elif not isinstance(kind, str):
                self._define(kind, namespace)

    def _name(self, schema, namespace):
        """What a branch is called in a union's JSON."""
        if isinstance(schema, str):
            return schema if schema in self.PRIMITIVE else self._full(schema, namespace)
        if schema["type"] in ("record", "error", "enum", "fixed"):
            name = schema["name"]
            inner = schema.get("namespace", namespace) if "." not in name else ""
            return self._full(name, inner)
        return schema["type"] if isinstance(schema["type"], str) else self._name(schema["type"], namespace)

    def _value(self, schema, namespace, form, tagged):
        if isinstance(schema, list):
            return self._union(schema, namespace, form, tagged)
        if isinstance(schema, str) and schema not in self.PRIMITIVE:
            found = self.named.get(self._full(schema, namespace)) or self.named[schema]
            return self._value(found[0], found[1], form, tagged)
        kind = schema if isinstance(schema, str) else schema["type"]
        if not isinstance(kind, str):
            return self._value(kind, namespace, form, tagged)
        if kind not in self.PRIMITIVE and kind in ("record", "error"):
            inner = self._name(schema, namespace).rpartition(".")[0]
            return {f["name"]: self._value(f["type"], inner, form[f["name"]], tagged) for f in schema["fields"]}
        if kind == "array":
            return [self._value(schema["items"], namespace, item, tagged) for item in form]
        if kind == "map":
            return {key: self._value(schema["values"], namespace, item, tagged) for key, item in form.items()}
        if kind not in self.PRIMITIVE and kind not in ("enum", "fixed"):
            return self._value(kind, namespace, form, tagged)
        plain = self._plain(kind, form)
        logical = schema.get("logicalType") if isinstance(schema, dict) and self.logical else None
        return self._converted(schema, kind, logical, plain) if logical else plain

    def _union(self, branches, namespace, form, tagged):
        if form is None:
            return None
        (name, inner), = form.items()
        branch, = (b for b in branches if self._name(b, namespace) == name)
        value = self._value(branch, namespace, inner, tagged)
        is_record = isinstance(value, dict) and name != "map"
        return (name, value) if tagged and is_record else value

    @staticmethod
    def _plain(kind, form):
        if kind in ("bytes", "fixed"):
            return form.encode("latin-1")
        if kind == "float":
            return struct.unpack("f", struct.pack("f", float(form)))[0]
        return float(form) if kind == "double" else form

    @staticmethod
    def _converted(schema, kind, logical, plain):
        epoch = datetime.datetime(1970, 1, 1)
        if logical == "decimal" and kind in ("bytes", "fixed"):
            unscaled = int.from_bytes(plain, "big", signed=True)
            with decimal.localcontext() as exact:
                exact.prec = 400
                return decimal.Decimal(unscaled).scaleb(-schema.get("scale", 0))
        if logical == "uuid" and kind == "string":
            return uuid.UUID(plain)
        if logical == "date" and kind == "int":
            return epoch.date() + datetime.timedelta(days=plain)
        if logical in ("time-millis", "time-micros"):
            micros = plain * (1000 if logical == "time-millis" else 1)
            return (epoch + datetime.timedelta(microseconds=micros)).time()
        for prefix, base in (("timestamp-", epoch.replace(tzinfo=datetime.timezone.utc)), ("local-timestamp-", epoch)):
            if logical in (prefix + "millis", prefix + "micros"):
                micros = plain * (1000 if logical.endswith("millis") else 1)
                return base + datetime.timedelta(microseconds=micros)
        return plain
