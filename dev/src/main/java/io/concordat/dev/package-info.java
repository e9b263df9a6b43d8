/** A Kafka broker and the registry in one process, for a laptop and for tests. */
@NullMarked
package io.concordat.dev;

import org.jspecify.annotations.NullMarked;
