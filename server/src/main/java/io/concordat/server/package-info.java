/**
 * The registry over HTTP.
 *
 * <p>{@link io.concordat.server.RegistryServer} puts a registry on a port. What it answers is a table of routes; how bytes
 * come in and go out, and when a client is cut off, is the same for all of them.
 */
@NullMarked
package io.concordat.server;

import org.jspecify.annotations.NullMarked;
