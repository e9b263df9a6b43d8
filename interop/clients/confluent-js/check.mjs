// @confluentinc/schemaregistry, with kafkajs for the records.
import { clone, create, createFileRegistry, createMutableRegistry, fromBinary, fromJson, toBinary, toJson } from '@bufbuild/protobuf'
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt'
import registryClient from '@confluentinc/schemaregistry'
import { BeyondClient, finish, group, grouped, ours, peer, refused, same, samples, vectors, version } from './checks.mjs'
import { consume, produce } from './records.mjs'
import { avroJson } from './values.mjs'

const {
  AvroDeserializer,
  AvroSerializer,
  HeaderSchemaIdSerializer,
  JsonDeserializer,
  JsonSerializer,
  ProtobufDeserializer,
  ProtobufSerializer,
  SchemaRegistryClient,
  SerdeType,
} = registryClient

const TOPIC = 'confluent-js'
const all = samples(TOPIC)
const client = connect(ours.registry)

function connect(url) {
  return new SchemaRegistryClient({ baseURLs: [url], maxRetries: 0 })
}

console.log(`version ${version('@confluentinc/schemaregistry')}`)

await group('api', async (check) => {
  const avro = (name, ...fields) => ({ schemaType: 'AVRO', schema: JSON.stringify({ type: 'record', name, namespace: 'api', fields }) })
  const a = { name: 'a', type: 'string' }
  const first = avro('Api', a)
  const second = avro('Api', a, { name: 'b', type: 'int', default: 0 })
  const subject = `${TOPIC}-api`
  const fails = (status, code) => (error) => error.status === status && error.errorCode === code
  let id, guid

  await check('register', async () => {
    id = await client.register(subject, first)
    same(await client.register(subject, first), id)
    same(await connect(ours.registry).register(subject, first), id)
  })
  await check('registerFullResponse', async () => {
    const answer = await connect(ours.registry).registerFullResponse(subject, first)
    guid = answer.guid
    same([answer.id, answer.version, answer.schema], [id, 1, first.schema])
  })
  await check('register, normalized', async () => {
    const spaced = { ...first, schema: JSON.stringify(JSON.parse(first.schema), null, 2) }
    same(await client.register(subject, spaced, true), id)
  })
  await check('getBySubjectAndId', async () => same((await connect(ours.registry).getBySubjectAndId(subject, id)).schema, first.schema))
  await check('getBySubjectAndId of an unknown id', () => refused(() => client.getBySubjectAndId(subject, 999999), fails(404, 40403)))
  await check('getByGuid', async () => same((await client.getByGuid(guid)).schema, first.schema))
  await check('getByGuid of an unknown one', () =>
    refused(() => client.getByGuid('00000000-0000-0000-0000-000000000000'), (e) => e.status === 404),
  )
  await check('getId', async () => same(await connect(ours.registry).getId(subject, first), id))
  await check('getId of another schema', () => refused(() => client.getId(subject, avro('Other', a)), fails(404, 40403)))
  await check('getIdFullResponse', async () => {
    const answer = await connect(ours.registry).getIdFullResponse(subject, first)
    same([answer.id, answer.guid, answer.version], [id, guid, 1])
  })
  await check('a second version', async () => {
    await client.register(subject, second)
    same(await client.getAllVersions(subject), [1, 2])
  })
  await check('getLatestSchemaMetadata', async () => {
    const latest = await client.getLatestSchemaMetadata(subject)
    same([latest.subject, latest.version, latest.schema], [subject, 2, second.schema])
  })
  await check('getSchemaMetadata', async () => {
    const found = await client.getSchemaMetadata(subject, 1)
    same([found.id, found.guid, found.version, found.schema], [id, guid, 1, first.schema])
  })
  await check('getSchemaMetadata of an unknown version', () => refused(() => client.getSchemaMetadata(subject, 9), fails(404, 40402)))
  await check('getSchemaMetadata of an unknown subject', () => refused(() => client.getSchemaMetadata('nobody', 1), fails(404, 40401)))
  await check('getVersion', async () => same(await client.getVersion(subject, second), 2))
  await check('getAllSubjects', async () => same((await client.getAllSubjects()).includes(subject), true))
  await check('metadata', async () => {
    const owned = { ...avro('Api', a, { name: 'c', type: 'long', default: 0 }), metadata: { properties: { owner: 'me' }, tags: { '**.a': ['PII'] } } }
    await client.register(subject, owned)
    const found = await client.getLatestWithMetadata(subject, { owner: 'me' })
    same([found.version, found.metadata], [3, { tags: owned.metadata.tags, properties: owned.metadata.properties }])
    await refused(() => client.getLatestWithMetadata(subject, { owner: 'you' }), fails(404, 40403))
  })
  await check('rules', async () => {
    const rule = { name: 'none', kind: 'CONDITION', mode: 'WRITE', type: 'CEL', expr: 'true', disabled: false }
    await client.register(`${subject}-rules`, { ...first, ruleSet: { domainRules: [rule] } })
    const { domainRules } = (await client.getLatestSchemaMetadata(`${subject}-rules`)).ruleSet
    same(domainRules.map(({ name, kind, mode, type, expr, disabled }) => ({ name, kind, mode, type, expr, disabled })), [rule])
  })
  await check('testCompatibility', async () => {
    same(await client.testCompatibility(subject, 1, second), true)
    same(await client.testCompatibility(subject, 1, avro('Api', { name: 'x', type: 'int' })), false)
  })
  await check('testSubjectCompatibility', async () => {
    same(await client.testSubjectCompatibility(subject, second), true)
    same(await client.testSubjectCompatibility(subject, avro('Api', { name: 'x', type: 'int' })), false)
  })
  await check('an incompatible schema', () =>
    refused(
      () => client.register(subject, avro('Api', { name: 'x', type: 'int' })),
      (e) => e.status === 409 && e.message.includes('READER_FIELD_MISSING_DEFAULT_VALUE'),
    ),
  )
  await check('a schema that is none', () => refused(() => client.register(subject, { schemaType: 'AVRO', schema: '{' }), fails(422, 42201)))
  await check('compatibility of a subject', async () => {
    await refused(() => client.getCompatibility(subject), fails(404, 40408))
    for (const level of ['NONE', 'BACKWARD', 'FORWARD', 'FULL', 'BACKWARD_TRANSITIVE', 'FORWARD_TRANSITIVE', 'FULL_TRANSITIVE']) {
      same(await client.updateCompatibility(subject, level), level)
      same(await client.getCompatibility(subject), level)
    }
    await refused(() => client.updateCompatibility(subject, 'SOME'), fails(422, 42203))
  })
  await check('configuration of a subject', async () => {
    const config = {
      compatibility: 'FULL',
      normalize: true,
      alias: `${subject}-rules`,
      compatibilityGroup: 'major',
      defaultMetadata: { properties: { owner: 'us' } },
    }
    await client.updateConfig(`${subject}-config`, config)
    const { compatibility, ...rest } = config
    same(await client.getConfig(`${subject}-config`), { ...rest, compatibilityLevel: compatibility })
  })
  await check('the default compatibility and configuration', async () => {
    const before = await client.getDefaultCompatibility()
    same((await client.getDefaultConfig()).compatibilityLevel, before)
    same(await client.updateDefaultCompatibility('FULL'), 'FULL')
    same(await client.getDefaultCompatibility(), 'FULL')
    await client.updateDefaultConfig({ compatibility: before })
    same(await client.getDefaultCompatibility(), before)
  })
  await check('associations', async () => {
    const topic = `${TOPIC}-associated`
    const resource = { resourceName: topic, resourceNamespace: 'lkc-1', resourceId: `${topic}-id`, resourceType: 'topic' }
    const answer = await client.createAssociation({ ...resource, associations: [{ subject, associationType: 'value', lifecycle: 'WEAK' }] })
    same([answer.resourceName, answer.associations.map((each) => each.subject)], [topic, [subject]])
    const [found] = await client.getAssociationsByResourceName(topic, 'lkc-1', 'topic', ['value'], null, 0, -1)
    same([found.subject, found.resourceName, found.associationType, found.lifecycle], [subject, topic, 'value', 'WEAK'])
    await client.deleteAssociations(resource.resourceId, 'topic', ['value'], false)
    same(await client.getAssociationsByResourceName(topic, 'lkc-1', 'topic', ['value'], null, 0, -1), [])
  })
  await check('references', async () => {
    const row = all.find((each) => each.schemaType === 'JSON' && each.references.length > 0)
    await register(row)
    const [referenced] = row.referenced
    same((await client.getLatestSchemaMetadata(subjectOf(row))).references, row.references)
    await refused(() => client.deleteSubject(referenced.subject), fails(422, 42206))
  })
  await check('deleteSubjectVersion', async () => {
    same(await client.deleteSubjectVersion(subject, 1), 1)
    same(await client.getAllVersions(subject), [2, 3])
    same((await connect(ours.registry).getSchemaMetadata(subject, 1, true)).id, id)
    same(await client.deleteSubjectVersion(subject, 1, true), 1)
    await refused(() => connect(ours.registry).getSchemaMetadata(subject, 1, true), fails(404, 40402))
  })
  await check('deleteSubject', async () => {
    await refused(() => client.deleteSubject(subject, true), fails(404, 40405))
    same(await client.deleteSubject(subject), [2, 3])
    await refused(() => connect(ours.registry).getAllVersions(subject), fails(404, 40401))
    same(await client.deleteSubject(subject, true), [2, 3])
  })
  await check('a context', async () => {
    const there = connect(`${ours.registry}/contexts/.${TOPIC}`)
    same(await there.register('there', first), 1)
    same((await client.getLatestSchemaMetadata(`:.${TOPIC}:there`)).id, 1)
    same((await client.getByGuid(guid)).schema, first.schema)
  })
})

function topicOf(row) {
  return `${TOPIC}-${row.schemaType.toLowerCase()}-${row.name}`
}

function subjectOf(row) {
  return `${topicOf(row)}-value`
}

/** The schema of a row as this client takes it. */
function infoOf({ schemaType, schema, references, metadata }) {
  return { schemaType, schema, references, metadata }
}

async function register(row, on = client) {
  for (const referenced of row.referenced ?? []) {
    await on.register(referenced.subject, infoOf(referenced))
  }
  await on.register(subjectOf(row), infoOf(row))
}

const LATEST = { autoRegisterSchemas: false, useLatestVersion: true }

/** How values of each language are written, read, and shown as JSON. */
const LANGUAGES = {
  AVRO: {
    serializer: (on, row, settings) => new AvroSerializer(on, SerdeType.VALUE, { ...settings, wrapUnions: true }),
    deserializer: (on, part, settings) => new AvroDeserializer(on, part, { ...settings, wrapUnions: true }),
    toValue: async (row, serializer) => {
      const [type] = await serializer.toType(infoOf(row))
      return type.fromString(JSON.stringify(row.value))
    },
    toJson: avroJson,
    expected: (json) => json,
  },
  JSON: {
    serializer: (on, row, settings) => new JsonSerializer(on, SerdeType.VALUE, { ...settings, validate: true }),
    deserializer: (on, part, settings) => new JsonDeserializer(on, part, settings),
    toValue: async (row) => row.value,
    toJson: (value) => value,
    expected: (json) => json,
  },
  PROTOBUF: {
    serializer: async (on, row, settings) =>
      new ProtobufSerializer(on, SerdeType.VALUE, { ...settings, registry: createMutableRegistry(...(await typesOf(row))) }),
    deserializer: (on, part, settings) => new ProtobufDeserializer(on, part, settings),
    toValue: async (row, serializer) => fromJson(serializer.registry.getMessage(row.message), row.value, { registry: serializer.registry }),
    toJson: (value, reading) => {
      const { types, type } = typeOf(value, reading)
      return toJson(type, again(type, value), { registry: types })
    },
    expected: (json, value, reading) => {
      const { types, type } = typeOf(value, reading)
      // Through bytes, which is where a float loses the digits that it has not.
      return toJson(type, again(type, fromJson(type, json, { registry: types })), { registry: types })
    },
  },
}

/** The types of a Protobuf schema as generated code would have them: of the descriptors that the registry gives. */
async function typesOf(row) {
  const files = new Map()
  for (const { name, subject } of [...row.references, { name: 'own.proto', subject: subjectOf(row) }]) {
    const { schema } = await connect(ours.registry).getLatestSchemaMetadata(subject, 'serialized')
    const file = fromBinary(FileDescriptorProtoSchema, Buffer.from(schema, 'base64'))
    file.name = name
    file.messageType.forEach(nameForJson)
    files.set(name, file)
  }
  const registry = createFileRegistry(files.get('own.proto'), (name) => files.get(name))
  return [...registry].filter((each) => each.kind === 'message' || each.kind === 'enum')
}

function typeOf(value, reading) {
  const { file, typeName } = reading.fileRegistry.getMessage(value.$typeName)
  const types = withNamesForJson(file)
  return { types, type: types.getMessage(typeName) }
}

function again(type, message) {
  return fromBinary(type, toBinary(type, message))
}

/** What the client made of the registry's descriptors, and what the compiler adds to those: names for JSON. */
function withNamesForJson(file) {
  const files = new Map()
  const add = ({ proto, dependencies }) => {
    dependencies.forEach(add)
    files.set(proto.name, clone(FileDescriptorProtoSchema, proto))
  }
  add(file)
  files.forEach((each) => each.messageType.forEach(nameForJson))
  return createFileRegistry(create(FileDescriptorSetSchema, { file: [...files.values()] }))
}

function nameForJson(message) {
  for (const field of message.field) {
    field.jsonName ||= field.name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())
  }
  message.nestedType.forEach(nameForJson)
}

const HEADER_IDS = { ...LATEST, schemaIdSerializer: HeaderSchemaIdSerializer }
const OUR_HEADER_IDS = { 'value.schema.id.serializer': 'io.confluent.kafka.serializers.schema.id.HeaderSchemaIdSerializer' }

async function write(row, settings) {
  const { serializer, toValue } = LANGUAGES[row.schemaType]
  const writing = await serializer(client, row, settings)
  const headers = {}
  const bytes = await writing.serialize(topicOf(row), await toValue(row, writing), headers)
  return { bytes, headers }
}

async function read(row, bytes, headers, settings = {}) {
  const { deserializer, toJson } = LANGUAGES[row.schemaType]
  const reading = deserializer(connect(ours.registry), SerdeType.VALUE, settings)
  return toJson(await reading.deserialize(topicOf(row), bytes, headers), reading)
}

const toHex = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.toString('hex')]))
const fromHex = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value, 'hex')]))

async function exchange(check, row, theirSettings, ourSettings, headerNames) {
  const topic = topicOf(row)
  await check(`${row.schemaType} ${row.name}, written here`, async () => {
    await register(row)
    const { bytes, headers } = await write(row, theirSettings)
    same(Object.keys(headers), headerNames)
    same((await peer('decode', { topic, bytesHex: bytes.toString('hex'), headers: toHex(headers) })).value, row.value)
    same(await read(row, bytes, headers), row.value)
  })
  await check(`${row.schemaType} ${row.name}, written by ours`, async () => {
    const written = await peer('encode', { ...row, topic, settings: ourSettings })
    same(Object.keys(written.headers), headerNames)
    same(await read(row, Buffer.from(written.bytesHex, 'hex'), fromHex(written.headers)), row.value)
  })
}

for (const [name, rows] of Object.entries(grouped(all))) {
  await group(name, async (check) => {
    for (const row of rows) {
      await exchange(check, row, LATEST, {}, [])
    }
  })
}

await group('headers', async (check) => {
  for (const row of all) {
    await exchange(check, row, HEADER_IDS, OUR_HEADER_IDS, ['__value_schema_id'])
  }
})

await group('kafka', async (check) => {
  const records = {}
  for (const [index, row] of all.entries()) {
    await register(row)
    const { bytes, headers } = await write(row, index % 2 === 0 ? LATEST : HEADER_IDS)
    records[topicOf(row)] = { value: bytes, headers }
  }
  await produce(records)
  for (const [index, row] of all.entries()) {
    const settings = index % 2 === 0 ? OUR_HEADER_IDS : {}
    await peer('produce', { ...row, topic: topicOf(row), settings })
    await check(`${row.schemaType} ${row.name}, read by ours`, async () => {
      const both = await peer('consume', { topic: topicOf(row), count: 2 })
      both.records.forEach((record) => same(record.value, row.value)) // A producer that tried again may have written one more.
    })
  }
  const consumed = await consume(Object.fromEntries(all.map((row) => [topicOf(row), 2])))
  for (const row of all) {
    await check(`${row.schemaType} ${row.name}, read here`, async () => {
      for (const record of consumed[topicOf(row)]) {
        same(await read(row, record.value, record.headers), row.value)
      }
    })
  }
})

await group('evolution', async (check) => {
  for (const row of all.filter((each) => each.newer)) {
    const old = { ...row, name: `${row.name}-evolved`, metadata: { properties: { reader: 'old' } } }
    const newer = { ...old, ...row.newer, topic: topicOf(old), metadata: { properties: { reader: 'new' } } }
    await check(`${row.schemaType}, an old consumer reads what our newer producer writes`, async () => {
      await register(old)
      await register(newer)
      const { bytesHex } = await peer('encode', newer)
      const settings = { useLatestWithMetadata: { reader: 'old' } }
      same(await read(old, Buffer.from(bytesHex, 'hex'), {}, settings), row.newer.seen)
    }, row.schemaType === 'PROTOBUF' ? 'it reads Protobuf with the schema of the writer only' : undefined)
    await check(`${row.schemaType}, our old consumer reads what a newer producer writes`, async () => {
      await register(newer)
      const { bytes } = await write(newer, LATEST)
      const answer = await peer('decode', {
        topic: topicOf(old),
        schemaType: row.schemaType,
        bytesHex: bytes.toString('hex'),
        reader: row.schema,
      })
      same(answer.value, row.newer.seen)
    })
  }
})

/** What of the vectors this client cannot read, from whatever registry. */
function limit(row) {
  if (row.schemaType === 'AVRO' && row.referenced?.some((each) => each.references?.length > 0)) {
    return 'Avro references that refer to others'
  }
  return row.schemaType === 'PROTOBUF' && row.bytesHex === '' ? 'empty messages with ids in headers' : undefined
}

await group('vectors', async (check) => {
  const stored = connect(ours.vectors)
  for (const row of ['avro', 'json', 'protobuf'].flatMap((file) => vectors(`${file}.jsonl`))) {
    const read = async () => {
      const { deserializer, toJson, expected } = LANGUAGES[row.schemaType]
      const reading = deserializer(stored, row.isKey ? SerdeType.KEY : SerdeType.VALUE, {})
      let value
      try {
        value = await reading.deserialize(row.topic, Buffer.from(row.bytesHex, 'hex'), fromHex(row.headers))
      } catch (error) {
        throw error.message === 'potential precision loss' ? new BeyondClient('integers beyond 2^53') : error
      }
      same(toJson(value, reading), expected(row.value, value, reading))
    }
    await check(`${row.schemaType} ${row.name}`, read, limit(row))
  }
})

finish()
