/**
 * Lists of numbers that keep them as an array of primitives. Records are read with them where Avro would box each element, and
 * written from them without boxing; to anyone else they are lists like others.
 */
@NullMarked
package io.concordat.avro.list;

import org.jspecify.annotations.NullMarked;
