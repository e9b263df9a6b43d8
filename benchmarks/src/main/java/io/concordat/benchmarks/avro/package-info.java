/** The Avro codec against Avro itself and against code by hand, and the serializers against others. */
@NullMarked
package io.concordat.benchmarks.avro;

import org.jspecify.annotations.NullMarked;
