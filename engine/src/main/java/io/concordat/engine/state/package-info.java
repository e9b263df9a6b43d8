/**
 * What the log adds up to: {@link io.concordat.engine.state.RegistryState}, read by anybody at any time and changed only
 * by replay.
 */
@NullMarked
package io.concordat.engine.state;

import org.jspecify.annotations.NullMarked;
