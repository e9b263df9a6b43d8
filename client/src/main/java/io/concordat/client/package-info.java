/**
 * The registry as an application holds it: {@link io.concordat.client.SchemaRegistryClient}, and the two registries it is
 * made of: one that speaks HTTP, and one that remembers what another one said.
 */
@NullMarked
package io.concordat.client;

import org.jspecify.annotations.NullMarked;
