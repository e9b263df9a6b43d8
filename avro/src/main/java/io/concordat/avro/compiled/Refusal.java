package io.concordat.avro.compiled;

/** Thrown where compiled code finds something that the interpreter has to look at. It says nothing more. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final Refusal REFUSED = new Refusal();

    private Refusal() {
        super("left to the interpreter", null, false, false);
    }
}
