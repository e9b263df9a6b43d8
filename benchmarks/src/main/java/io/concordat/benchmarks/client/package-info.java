/** The client: what is in memory, and what many threads see while one answer is slow. */
@NullMarked
package io.concordat.benchmarks.client;

import org.jspecify.annotations.NullMarked;
