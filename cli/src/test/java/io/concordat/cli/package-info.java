@NullMarked
package io.concordat.cli;

import org.jspecify.annotations.NullMarked;
