/** The measured records as plain Java. */
@NullMarked
package io.concordat.benchmarks.avro.records;

import org.jspecify.annotations.NullMarked;
