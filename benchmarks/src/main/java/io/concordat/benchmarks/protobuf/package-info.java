/** What the serializer costs over bare protobuf-java. */
@NullMarked
package io.concordat.benchmarks.protobuf;

import org.jspecify.annotations.NullMarked;
