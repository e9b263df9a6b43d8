/** Several nodes over one topic. */
@NullMarked
package io.concordat.it.cluster;

import org.jspecify.annotations.NullMarked;
