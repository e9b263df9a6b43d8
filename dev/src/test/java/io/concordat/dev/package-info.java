@NullMarked
package io.concordat.dev;

import org.jspecify.annotations.NullMarked;
