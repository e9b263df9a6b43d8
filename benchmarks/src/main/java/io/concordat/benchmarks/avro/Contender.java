package io.concordat.benchmarks.avro;

import java.io.IOException;

/** One way of writing and reading values of one shape. For one thread. */
interface Contender {
    byte[] encode(Object value) throws IOException;

    Object decode(byte[] bytes) throws IOException;
}
