/**
 * The registry as its users see it: the {@link io.concordat.api.Registry port}, the model and the errors.
 *
 * <p>Depends on nothing. Names, field orders and error numbers are those of the REST API that Kafka users already have.
 */
@NullMarked
package io.concordat.api;

import org.jspecify.annotations.NullMarked;
