/** Classes as Avro's compiler generates them, shortened by hand. */
@NullMarked
package io.concordat.avro.test;

import org.jspecify.annotations.NullMarked;
