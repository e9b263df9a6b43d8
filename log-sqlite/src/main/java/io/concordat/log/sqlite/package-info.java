/** {@link io.concordat.log.sqlite.SqliteEventLog The durable log of one process}, in a SQLite file. */
@NullMarked
package io.concordat.log.sqlite;

import org.jspecify.annotations.NullMarked;
