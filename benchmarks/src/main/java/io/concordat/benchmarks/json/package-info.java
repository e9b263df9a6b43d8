/** What the serializer costs over bare Jackson, and what validation costs. */
@NullMarked
package io.concordat.benchmarks.json;

import org.jspecify.annotations.NullMarked;
