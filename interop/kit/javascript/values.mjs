// Values as JSON: the form in which they are compared.

/** A value that avsc read with its unions wrapped, in Avro's JSON encoding. */
export function avroJson(value) {
  if (Buffer.isBuffer(value)) {
    return value.toString('latin1')
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return String(value)
  }
  if (Array.isArray(value)) {
    return value.map(avroJson)
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, avroJson(member)]))
  }
  return value
}
