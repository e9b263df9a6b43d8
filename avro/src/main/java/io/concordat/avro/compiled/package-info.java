/**
 * Runs plans as bytecode made for them: one hidden class per plan, unloaded with it. It is only ever a faster way to the same
 * result: whatever it cannot do or does not like, it leaves to the interpreter, which starts the record over and finds the
 * words for what is wrong. Public for the packages beside it, not for applications.
 */
@NullMarked
package io.concordat.avro.compiled;

import org.jspecify.annotations.NullMarked;
