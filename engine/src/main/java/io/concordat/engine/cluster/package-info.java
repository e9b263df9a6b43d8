/** What a registry has to know of the others over the same log. */
@NullMarked
package io.concordat.engine.cluster;

import org.jspecify.annotations.NullMarked;
