package io.concordat.avro.compiled;

import io.concordat.avro.plan.ReadNode;

/** As what values are handed to an application's methods. */
final class Parameters {
    private Parameters() {}

    /** The primitive where both sides have one; else an object, which the JVM casts. */
    static Kind wanted(Class<?> declared, ReadNode node) {
        Kind of = ReadEmitter.kindOf(node);
        Kind to = Kind.of(declared);
        return of != Kind.OBJECT && Widening.isPossible(of, to) ? to : Kind.OBJECT;
    }
}
