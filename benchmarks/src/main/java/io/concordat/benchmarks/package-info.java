/** Measurements that anyone can repeat: {@code benchmarks/run NAME}. */
@NullMarked
package io.concordat.benchmarks;

import org.jspecify.annotations.NullMarked;
