/**
 * What Avro says about reading and writing, worked out once per pair of schemas: a tree of nodes that says for each part of
 * a value how it is encoded and which Java value it is. All of Avro's semantics is here; whatever runs a plan only follows
 * it. Public for the packages beside it, not for applications.
 */
@NullMarked
package io.concordat.avro.plan;

import org.jspecify.annotations.NullMarked;
