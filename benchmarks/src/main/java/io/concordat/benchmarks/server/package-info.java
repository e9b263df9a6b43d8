/** What the server costs over an HTTP server that does nothing, and how fast it starts and registers. */
@NullMarked
package io.concordat.benchmarks.server;

import org.jspecify.annotations.NullMarked;
