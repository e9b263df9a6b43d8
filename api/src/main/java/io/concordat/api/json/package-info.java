/** The model as JSON: its {@linkplain io.concordat.api.json.JsonShape shape} and its {@linkplain io.concordat.api.json.Json text}. */
@NullMarked
package io.concordat.api.json;

import org.jspecify.annotations.NullMarked;
