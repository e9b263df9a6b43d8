/** What the modules may know of each other. */
@NullMarked
package io.concordat.it.architecture;

import org.jspecify.annotations.NullMarked;
