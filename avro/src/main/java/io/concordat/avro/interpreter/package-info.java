/**
 * Runs plans step by step. It is always there, needs nothing from the JVM, and says where in a record what is wrong. Public
 * for the packages beside it, not for applications.
 */
@NullMarked
package io.concordat.avro.interpreter;

import org.jspecify.annotations.NullMarked;
