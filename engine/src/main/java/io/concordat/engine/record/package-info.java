/** What the log's records say: {@link io.concordat.engine.record.LogEvent events}, and the only codec between the two. */
@NullMarked
package io.concordat.engine.record;

import org.jspecify.annotations.NullMarked;
