// @kafkajs/confluent-schema-registry, with kafkajs for the records.
import { COMPATIBILITY, SchemaRegistry } from '@kafkajs/confluent-schema-registry'
import protobuf from 'protobufjs'
import { BeyondClient, finish, group, grouped, ours, peer, refused, same, samples, vectors, version } from './checks.mjs'
import { consume, produce } from './records.mjs'
import { avroJson } from './values.mjs'

const TOPIC = 'kafkajs'
const WRAPPED = { AVRO: { wrapUnions: true } }
const registry = new SchemaRegistry({ host: ours.registry }, WRAPPED)
const all = samples(TOPIC)

/** How a value of each language looks to this client, and as JSON. */
const LANGUAGES = {
  AVRO: {
    toValue: (schema, row) => schema.fromString(JSON.stringify(row.value)),
    toJson: avroJson,
  },
  JSON: { toValue: (schema, row) => row.value, toJson: (value) => value },
  PROTOBUF: {
    toValue: (schema, row) => protobufType(row).fromObject(row.value),
    toJson: (value) => value.toJSON(),
  },
}

function protobufType(row) {
  const root = new protobuf.Root()
  for (const file of [...(row.referenced ?? []), row]) {
    protobuf.parse(file.schema, root)
  }
  return root.lookupType(row.message)
}

function languageOf(row) {
  return LANGUAGES[row.schemaType]
}

const limitOf = (row) => (row.name.includes('second') ? 'it knows no message but the first of a file' : undefined)

/** The schema of a row as this client takes it. */
function schemaOf({ schemaType, schema, references }) {
  return { type: schemaType, schema, references }
}

async function register(row, schema = row.schema, on = registry) {
  for (const referenced of row.referenced ?? []) {
    await on.register(schemaOf(referenced), { subject: referenced.subject })
  }
  const { id } = await on.register(schemaOf({ ...row, schema }), { subject: subjectOf(row) })
  return id
}

function topicOf(row) {
  return `${TOPIC}-${row.schemaType.toLowerCase()}-${row.name}`
}

function subjectOf(row) {
  return `${topicOf(row)}-value`
}

/** Ours writes with the schema as registered here: one of its own making spells Protobuf's maps out, which this client shows as lists. */
function writtenByOurs(row) {
  const settings = row.schemaType === 'PROTOBUF' ? { 'auto.register.schemas': 'false', 'use.latest.version': 'true' } : {}
  return { ...row, topic: topicOf(row), settings }
}

/** What this client writes for Protobuf lacks the message indexes, and is refused; with them it is right. */
async function withMessageIndexes(bytes) {
  await refused(() => peer('decode', { topic: 'any', bytesHex: hex(bytes) }), (e) => /message index|is of message/.test(e.message))
  return Buffer.concat([bytes.subarray(0, 5), Buffer.from([0]), bytes.subarray(5)])
}

const hex = (bytes) => bytes.toString('hex')

console.log(`version ${version('@kafkajs/confluent-schema-registry')}`)

await group('api', async (check) => {
  const avro = (name, ...fields) => ({ type: 'AVRO', schema: JSON.stringify({ type: 'record', namespace: TOPIC, name, fields }) })
  const a = { name: 'a', type: 'string' }
  const first = avro('Api', a)
  const subject = `${TOPIC}.Api`
  let id

  await check('register names the subject after the record', async () => {
    id = (await registry.register(first)).id
    same(await registry.getLatestSchemaId(subject), id)
  })
  await check('register again returns the id', async () => same((await registry.register(first)).id, id))
  await check('another client gets the id as well', async () => {
    same((await new SchemaRegistry({ host: ours.registry }).register(first)).id, id)
  })
  await check('register under a subject', async () => {
    same((await registry.register(first, { subject: `${TOPIC}-api-value` })).id, id)
  })
  await check('register with a separator', async () => {
    same((await registry.register(first, { separator: '/' })).id, id)
    same(await registry.getLatestSchemaId(`${TOPIC}/Api`), id)
  })
  await check('getRegistryId of a version', async () => same(await registry.getRegistryId(subject, 1), id))
  await check('getRegistryId of the latest', async () => same(await registry.getRegistryId(subject, 'latest'), id))
  await check('getRegistryIdBySchema', async () => same(await registry.getRegistryIdBySchema(subject, first), id))
  await check('getRegistryIdBySchema of another schema', () =>
    refused(() => registry.getRegistryIdBySchema(subject, avro('Other', a)), (e) => /not found/i.test(e.message)),
  )
  await check('getSchema', async () => same((await registry.getSchema(id)).name, `${TOPIC}.Api`))
  await check('getSchema of an unknown id', () =>
    refused(() => registry.getSchema(999999), (e) => e.status === 404 && e.message.includes('Schema 999999 not found')),
  )
  await check('an unknown subject', () =>
    refused(() => registry.getLatestSchemaId('nobody'), (e) => e.status === 404 && e.message.includes("Subject 'nobody' not found")),
  )
  await check('an unknown version', () => refused(() => registry.getRegistryId(subject, 9), (e) => e.status === 404))
  await check('a schema that only the registry finds wrong', () =>
    refused(
      () => registry.register({ type: 'PROTOBUF', schema: 'message A { optional Nothing b = 1; }' }, { subject: `${TOPIC}-bad` }),
      (e) => e.status === 422 && e.message.includes('Nothing'),
    ),
  )
  await check('the subject gets the level the client asks for', async () => {
    const options = { subject: `${TOPIC}-level`, compatibility: COMPATIBILITY.FULL_TRANSITIVE }
    same((await registry.register(first, options)).id, id)
    const config = await (await fetch(`${ours.registry}/config/${TOPIC}-level`)).json()
    same(config.compatibilityLevel, 'FULL_TRANSITIVE')
    await registry.register(first, options)
  })
  await check('another level than the one of the subject', () =>
    refused(
      () => registry.register(first, { subject: `${TOPIC}-level`, compatibility: COMPATIBILITY.NONE }),
      (e) => e.constructor.name === 'ConfluentSchemaRegistryCompatibilityError',
    ),
  )
  await check('an incompatible schema', () =>
    refused(
      () => registry.register(avro('Api', { name: 'b', type: 'int' }), { subject }),
      (e) => e.status === 409 && e.message.includes('READER_FIELD_MISSING_DEFAULT_VALUE'),
    ),
  )
  await check('a compatible schema', async () => {
    const { id: next } = await registry.register(avro('Api', a, { name: 'b', type: 'int', default: 0 }), { subject })
    same(await registry.getRegistryId(subject, 2), next)
  })
  await check('a value that does not fit', () =>
    refused(() => registry.encode(id, { a: 1 }), (e) => e.constructor.name === 'ConfluentSchemaRegistryValidationError'),
  )
  await check('a context', async () => {
    const there = new SchemaRegistry({ host: `${ours.registry}/contexts/.${TOPIC}` })
    const { id: own } = await there.register(avro('There', a), { subject: 'there' })
    same(own, 1)
    same(await there.getLatestSchemaId('there'), own)
    same(await registry.getLatestSchemaId(`:.${TOPIC}:there`), own)
  })
})

for (const [name, rows] of Object.entries(grouped(all))) {
  await group(name, async (check) => {
    for (const row of rows) {
      await check(`${row.name}, encoded and decoded`, async () => {
        const { toValue, toJson } = languageOf(row)
        const id = await register(row)
        const schema = await registry.getSchema(id)
        same(toJson(await registry.decode(await registry.encode(id, toValue(schema, row)))), row.value)
      }, limitOf(row))
      await check(`${row.name}, written here, read by ours`, async () => {
        const { toValue } = languageOf(row)
        const id = await register(row)
        const written = await registry.encode(id, toValue(await registry.getSchema(id), row))
        const bytes = row.schemaType === 'PROTOBUF' ? await withMessageIndexes(written) : written
        same((await peer('decode', { topic: topicOf(row), bytesHex: hex(bytes) })).value, row.value)
      }, limitOf(row))
      await check(`${row.name}, written by ours, read here`, async () => {
        const { toJson } = languageOf(row)
        await register(row)
        const { bytesHex } = await peer('encode', writtenByOurs(row))
        const bytes = Buffer.from(bytesHex, 'hex')
        same(toJson(await registry.decode(bytes)), row.value)
      }, limitOf(row))
    }
  })
}

await group('kafka', async (check) => {
  // Protobuf goes one way only: what it writes lacks the message indexes.
  const rows = all.filter((row) => !row.name.includes('second'))
  const both = rows.filter((row) => row.schemaType !== 'PROTOBUF')
  const records = {}
  for (const row of rows) {
    const id = await register(row)
    const { toValue } = languageOf(row)
    records[topicOf(row)] = both.includes(row)
      ? { value: await registry.encode(id, toValue(await registry.getSchema(id), row)) }
      : undefined
  }
  await produce(records)
  for (const row of rows) {
    await peer('produce', writtenByOurs(row))
  }
  for (const row of both) {
    await check(`${row.schemaType} ${row.name}, read by ours`, async () => {
      const read = await peer('consume', { topic: topicOf(row), count: 2 })
      read.records.forEach((record) => same(record.value, row.value)) // A producer that tried again may have written one more.
    })
  }
  const read = await consume(Object.fromEntries(rows.map((row) => [topicOf(row), both.includes(row) ? 2 : 1])))
  for (const row of rows) {
    for (const record of read[topicOf(row)]) {
      await check(`${row.schemaType} ${row.name}, read here`, async () => {
        same(languageOf(row).toJson(await registry.decode(record.value)), row.value)
      })
    }
  }
})

await group('evolution', async (check) => {
  for (const row of all.filter((each) => each.newer)) {
    const newer = { ...row, ...row.newer, topic: `${topicOf(row)}-evolved` }
    const old = { ...row, name: `${row.name}-evolved` }
    await check(`${row.schemaType}, an old consumer reads what our newer producer writes`, async () => {
      const { toJson } = languageOf(row)
      const oldId = await register(old)
      const reader = row.schemaType === 'AVRO' ? await registry.getSchema(oldId) : undefined
      const { bytesHex } = await peer('encode', newer)
      const value = await registry.decode(Buffer.from(bytesHex, 'hex'), { AVRO: { readerSchema: reader } })
      same(toJson(value), row.newer.seen)
    }, row.schemaType === 'PROTOBUF' ? 'it reads Protobuf with the schema of the writer only' : undefined)
    await check(`${row.schemaType}, our old consumer reads what a newer producer writes`, async () => {
      const { toValue } = languageOf(row)
      await register(old)
      const id = await register(old, row.newer.schema)
      const bytes = await registry.encode(id, toValue(await registry.getSchema(id), newer))
      const bytesHex = hex(row.schemaType === 'PROTOBUF' ? await withMessageIndexes(bytes) : bytes)
      const answer = await peer('decode', { topic: topicOf(old), schemaType: row.schemaType, bytesHex, reader: row.schema })
      same(answer.value, row.newer.seen)
    })
  }
})

/** What of the vectors this client cannot read, from whatever registry. */
function limit(row) {
  if (row.framing !== 'prefix') {
    return 'ids in headers'
  }
  if (row.schemaType === 'AVRO') {
    // The recorded serializer writes them without the length that Avro has.
    return JSON.parse(row.schema) === 'bytes' || JSON.parse(row.schema).type === 'bytes' ? 'bytes that are no field' : undefined
  }
  if (row.schemaType === 'JSON') {
    if (/"\$schema":"(?!http:..json-schema.org.draft-07)/.test(row.schema)) {
      return 'drafts of JSON Schema but 7'
    }
    return ['class-kinds-0', 'class-dates', 'class-dates-iso'].includes(row.name) ? 'values that do not fit their schema' : undefined
  }
  if (JSON.stringify(row.messageIndexes) !== '[0]') {
    return 'messages but the first of a file'
  }
  if (row.bytesHex.length === 12) {
    return 'empty Protobuf messages'
  }
  if (/"google.protobuf|package google.protobuf/.test(row.schema + JSON.stringify(row.referenced))) {
    return 'well-known types of Protobuf'
  }
  return row.schema.includes('option map_entry') ? 'Protobuf maps that are spelled out' : undefined
}

/** The value of a row, its floats as this client shows them. */
function expected(row) {
  if (row.schemaType !== 'PROTOBUF') {
    return row.value
  }
  const type = protobufType(row)
  return type.decode(type.encode(type.fromObject(row.value)).finish()).toJSON()
}

await group('vectors', async (check) => {
  const stored = new SchemaRegistry({ host: ours.vectors }, { ...WRAPPED, JSON: { strict: false, logger: false } })
  for (const row of ['avro', 'json', 'protobuf'].flatMap((file) => vectors(`${file}.jsonl`))) {
    const read = async () => {
      let value
      try {
        value = await stored.decode(Buffer.from(row.bytesHex, 'hex'))
      } catch (error) {
        throw error.message === 'potential precision loss' ? new BeyondClient('integers beyond 2^53') : error
      }
      same(LANGUAGES[row.schemaType].toJson(value), expected(row))
    }
    await check(`${row.schemaType} ${row.name}`, read, limit(row))
  }
})

finish()
