/** Recorded conversations with another registry, replayed against ours. */
@NullMarked
package io.concordat.it.golden;

import org.jspecify.annotations.NullMarked;
