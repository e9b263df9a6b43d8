/** What the registry's serializers tell of records that are no good, and of a registry that is in trouble. */
@NullMarked
package io.concordat.it.failures;

import org.jspecify.annotations.NullMarked;
