/** What the registry costs without a server around it. */
@NullMarked
package io.concordat.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
