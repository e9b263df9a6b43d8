package io.concordat.avro.test;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The class of the recorded reflection, in another package. */
public class Bean {
    public @Nullable String name;
    public int count;
    public long big;
    public double ratio;
    public boolean on;
    public @Nullable List<String> tags;
    public @Nullable Map<String, Integer> scores;
    public @Nullable Inner inner;
    public byte @Nullable [] blob;
    public @Nullable Color color;

    public enum Color {
        RED,
        GREEN,
        BLUE
    }

    public static class Inner {
        public @Nullable String label;
        public float weight;
    }
}
