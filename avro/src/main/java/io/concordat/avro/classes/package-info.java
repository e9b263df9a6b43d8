/**
 * Plain Java as Avro sees it: which schema a class has, and how its objects are made and taken apart beside a schema. Public
 * for the packages beside it, not for applications.
 */
@NullMarked
package io.concordat.avro.classes;

import org.jspecify.annotations.NullMarked;
