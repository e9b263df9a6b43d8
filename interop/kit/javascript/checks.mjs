// What a client found, group by group, in the lines that interop/run reads.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual, inspect } from 'node:util'

let anyFailed = false

/** A group of checks. Each has a name, and fails with whatever it throws. */
export async function group(name, body) {
  const failures = []
  const leftOut = new Map()
  const worked = new Set()
  let passed = 0
  /** `limit`: why the client cannot do what is checked, on any registry. Not all that has the same limit may work. */
  const check = async (what, checked, limit) => {
    try {
      await checked()
      passed++
      worked.add(limit)
    } catch (error) {
      const reason = error instanceof BeyondClient ? error.message : limit
      if (reason === undefined) {
        failures.push(`${what}: ${error?.stack ?? error}`)
      } else {
        leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1)
      }
    }
  }
  try {
    await body(check)
  } catch (error) {
    failures.push(error?.stack ?? error)
  }
  worked.delete(undefined)
  worked.forEach((limit) => leftOut.has(limit) || failures.push(`it is no longer true: ${limit}`))
  if (passed === 0 && failures.length === 0) {
    failures.push('nothing was checked')
  }
  failures.forEach((failure) => console.log(failure.replace(/^/gm, '    ')))
  leftOut.forEach((times, why) => console.log(`deviation: ${name}, ${times} left out: ${why}`))
  anyFailed ||= failures.length > 0
  const all = passed + failures.length
  console.log(failures.length === 0 ? `passed ${name}: ${passed} checks` : `FAILED ${name}: ${failures.length} of ${all} checks`)
}

/** Thrown where a client fails in a way that is its own, on any registry. */
export class BeyondClient extends Error {}

export function same(actual, expected) {
  if (!isDeepStrictEqual(actual, expected)) {
    throw new Error(`expected ${show(expected)}, got ${show(actual)}`)
  }
}

/** Passes if the body throws, and what it throws fits. */
export async function refused(body, fits) {
  let thrown
  try {
    await body()
  } catch (error) {
    thrown = error
  }
  if (thrown === undefined) {
    throw new Error('nothing was refused')
  }
  if (!fits(thrown)) {
    throw thrown
  }
}

export function finish() {
  process.exit(anyFailed ? 1 : 0)
}

/** What the program runs against. */
export const ours = {
  registry: variable('REGISTRY_URL'),
  bootstrap: variable('BOOTSTRAP_SERVERS'),
  vectors: variable('VECTORS_URL'),
}

/** Our serializers, asked for one thing. Throws what they say is wrong. */
export async function peer(what, request) {
  const answer = await fetch(`${variable('PEER_URL')}/${what}`, { method: 'POST', body: JSON.stringify(request) })
  const body = await answer.json()
  if (!answer.ok) {
    throw new Error(`our ${what}: ${body.error}`)
  }
  return body
}

/** The rows of a file of vectors. */
export function vectors(file) {
  return rows(join(variable('VECTORS'), file))
}

/** Values that are exchanged; `prefix` keeps the subjects of one program apart from those of others. */
export function samples(prefix) {
  return rows('samples.jsonl', (text) => text.replaceAll('"%-', `"${prefix}-`))
}

/** Samples by the group of checks they belong to. */
export function grouped(samples) {
  const plain = (type) => samples.filter((row) => row.schemaType === type && row.references.length === 0)
  return {
    avro: plain('AVRO'),
    json: plain('JSON'),
    protobuf: plain('PROTOBUF'),
    references: samples.filter((row) => row.references.length > 0),
  }
}

function rows(file, change = (text) => text) {
  return change(readFileSync(file, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

export function version(name) {
  return JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')).version
}

function variable(name) {
  const value = process.env[name]
  if (value === undefined) {
    throw new Error(`${name} is not set; interop/run sets it`)
  }
  return value
}

function show(value) {
  return inspect(value, { depth: 10, breakLength: 160, maxStringLength: 400 })
}
