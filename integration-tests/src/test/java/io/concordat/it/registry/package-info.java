/** The contract of registries, and the registries that keep it. */
@NullMarked
package io.concordat.it.registry;

import org.jspecify.annotations.NullMarked;
