/** The README's word is kept. */
@NullMarked
package io.concordat.it.readme;

import org.jspecify.annotations.NullMarked;
