/** {@link io.concordat.engine.archive.LogArchive Whole logs in files}, for moving a registry from one kind of log to another. */
@NullMarked
package io.concordat.engine.archive;

import org.jspecify.annotations.NullMarked;
