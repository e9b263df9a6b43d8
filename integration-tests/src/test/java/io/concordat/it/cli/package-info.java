/** The command as its users run it. */
@NullMarked
package io.concordat.it.cli;

import org.jspecify.annotations.NullMarked;
