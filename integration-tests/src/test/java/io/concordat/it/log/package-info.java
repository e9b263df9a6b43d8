/** The contract of event logs, and the logs that keep it. */
@NullMarked
package io.concordat.it.log;

import org.jspecify.annotations.NullMarked;
