/** Messages in the languages that are there, in process. */
@NullMarked
package io.concordat.it.serdes;

import org.jspecify.annotations.NullMarked;
