package io.concordat.avro.compiled;

import org.jspecify.annotations.Nullable;

/** How deep the value that is being written is nested. */
final class Depth {
    private final int max;
    private int now;

    Depth(int max) {
        this.max = max;
    }

    void enter() {
        now++;
        if (now > max) {
            throw Refusal.REFUSED;
        }
    }

    void leave() {
        now--;
    }

    static int of(@Nullable Depth depth) {
        return depth == null ? 0 : depth.now;
    }
}
