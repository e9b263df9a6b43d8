package io.concordat.benchmarks.avro;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All shapes in one form, in turns. */
final class Turns {
    private static final int ROUNDS = 3_000;

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Turn(Contender contender, Object value, byte[] bytes) {
        static Turn of(Side side, Shape shape, Form form) {
            return new Turn(side.of(shape, form), shape.value(form), shape.bytes());
        }
    }

    private final List<Turn> turns = new ArrayList<>();

    Turns(Side side, Form form) {
        for (Shape shape : Shape.values()) {
            turns.add(Turn.of(side, shape, form));
        }
    }

    /** Shows the compiler all shapes. */
    static void take(Side side, Form form) throws IOException {
        Turns turns = new Turns(side, form);
        for (int i = 0; i < ROUNDS; i++) {
            turns.encode();
            turns.decode();
        }
    }

    /** One value of each shape; the sum of the lengths, so that nothing is left out. */
    int encode() throws IOException {
        int bytes = 0;
        for (Turn turn : turns) {
            bytes += turn.contender.encode(turn.value).length;
        }
        return bytes;
    }

    /** One value of each shape. */
    Object[] decode() throws IOException {
        Object[] values = new Object[turns.size()];
        for (int i = 0; i < values.length; i++) {
            Turn turn = turns.get(i);
            values[i] = turn.contender.decode(turn.bytes);
        }
        return values;
    }
}
