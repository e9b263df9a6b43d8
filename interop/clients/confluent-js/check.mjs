// @confluentinc/schemaregistry, with kafkajs for the records.
import { create, createFileRegistry, createMutableRegistry, fromBinary, fromJson, toJson } from '@bufbuild/protobuf'
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt'
import registryClient from '@confluentinc/schemaregistry'
import { BeyondClient, finish, group, ours, peer, refused, same, samples, vectors, version } from './checks.mjs'
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

await group('API', async (check) => {
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
function infoOf({ schemaType, schema, references }) {
  return { schemaType, schema, references }
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
  },
  JSON: {
    serializer: (on, row, settings) => new JsonSerializer(on, SerdeType.VALUE, { ...settings, validate: true }),
    deserializer: (on, part, settings) => new JsonDeserializer(on, part, settings),
    toValue: async (row) => row.value,
    toJson: (value) => value,
  },
  PROTOBUF: {
    serializer: async (on, row, settings) =>
      new ProtobufSerializer(on, SerdeType.VALUE, { ...settings, registry: createMutableRegistry(...(await filesOf(row, on))) }),
    deserializer: (on, part, settings) => new ProtobufDeserializer(on, part, settings),
    toValue: async (row, serializer) => fromJson(serializer.registry.getMessage(row.message), row.value, { registry: serializer.registry }),
    toJson: (value, deserializer) =>
      toJson(deserializer.fileRegistry.getMessage(value.$typeName), value, { registry: deserializer.fileRegistry }),
  },
}

/** The files of a Protobuf schema as generated code would have them: of the descriptors that the registry gives. */
async function filesOf(row, on) {
  const protos = new Map()
  for (const [name, subject] of [...row.references.map((each) => [each.name, each.subject]), ['own.proto', subjectOf(row)]]) {
    const { schema } = await on.getSchemaMetadata(subject, 1, false, 'serialized')
    protos.set(name, fromBinary(FileDescriptorProtoSchema, Buffer.from(schema, 'base64')))
  }
  const own = protos.get('own.proto')
  own.name = 'own.proto'
  const registry = createFileRegistry(own, (name) => protos.get(name))
  return [...registry].filter((each) => each.kind === 'message' || each.kind === 'enum')
}

for (const type of ['AVRO', 'JSON', 'PROTOBUF']) {
  await group(type, async (check) => {
    const { serializer, deserializer, toValue, toJson } = LANGUAGES[type]
    for (const row of all.filter((each) => each.schemaType === type)) {
      const topic = topicOf(row)
      await register(row)
      const headerIds = { ...LATEST, schemaIdSerializer: HeaderSchemaIdSerializer }
      for (const [ids, settings] of [['', LATEST], [', ids in headers', headerIds]]) {
        await check(`${row.name}, written here${ids}`, async () => {
          const writing = await serializer(client, row, settings)
          const headers = {}
          const bytes = await writing.serialize(topic, await toValue(row, writing), headers)
          const hexHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.toString('hex')]))
          same((await peer('decode', { topic, bytesHex: bytes.toString('hex'), headers: hexHeaders })).value, row.value)
          const reading = deserializer(connect(ours.registry), SerdeType.VALUE, {})
          same(toJson(await reading.deserialize(topic, bytes, headers), reading), row.value)
        })
      }
      const ourHeaderIds = { 'value.schema.id.serializer': 'io.confluent.kafka.serializers.schema.id.HeaderSchemaIdSerializer' }
      for (const [ids, settings] of [['', {}], [', ids in headers', ourHeaderIds]]) {
        await check(`${row.name}, written by ours${ids}`, async () => {
          const written = await peer('encode', { ...row, topic, settings })
          const headers = Object.fromEntries(Object.entries(written.headers).map(([name, value]) => [name, Buffer.from(value, 'hex')]))
          same(Object.keys(headers), ids === '' ? [] : ['__value_schema_id'])
          const reading = deserializer(connect(ours.registry), SerdeType.VALUE, {})
          same(toJson(await reading.deserialize(topic, Buffer.from(written.bytesHex, 'hex'), headers), reading), row.value)
        })
      }
    }
  })
}

finish()
