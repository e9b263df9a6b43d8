/** What the serializer costs over bare Avro. */
@NullMarked
package io.concordat.benchmarks.avro;

import org.jspecify.annotations.NullMarked;
