// Records in topics, by kafkajs.
import { Kafka, logLevel } from 'kafkajs'
import { ours } from './checks.mjs'

const kafka = new Kafka({ brokers: [ours.bootstrap], clientId: 'interop', logLevel: logLevel.NOTHING })

/** Makes topics of one partition and writes a record into each: an object from topic to record. */
export async function produce(records) {
  const admin = kafka.admin()
  await admin.connect()
  await admin.createTopics({ topics: Object.keys(records).map((topic) => ({ topic, numPartitions: 1 })), waitForLeaders: true })
  await admin.disconnect()
  const producer = kafka.producer()
  await producer.connect()
  const topicMessages = Object.entries(records).map(([topic, record]) => ({ topic, messages: record === undefined ? [] : [record] }))
  await producer.sendBatch({ topicMessages: topicMessages.filter(({ messages }) => messages.length > 0) })
  await producer.disconnect()
}

/** The first records of topics: an object from topic to how many there are becomes one from topic to records. */
export async function consume(counts) {
  const consumer = kafka.consumer({ groupId: `readers-of-${Object.keys(counts)[0]}` })
  const records = Object.fromEntries(Object.keys(counts).map((topic) => [topic, []]))
  const missing = () => Object.keys(counts).filter((topic) => records[topic].length < counts[topic])
  await consumer.connect()
  try {
    await consumer.subscribe({ topics: Object.keys(counts), fromBeginning: true })
    await new Promise((resolve, reject) => {
      const patience = setTimeout(() => reject(new Error(`a minute was not enough to read ${missing().join(', ')}`)), 60000)
      consumer.run({
        eachMessage: async ({ topic, message }) => {
          records[topic].push(message)
          if (missing().length === 0) {
            clearTimeout(patience)
            resolve()
          }
        },
      })
    })
    return records
  } finally {
    await consumer.disconnect()
  }
}
