package io.concordat.avro.compiled;

import java.util.Arrays;

/** Arrays that grow with the blocks that are read into them: by doubling, however many blocks there are. */
final class Growth {
    private Growth() {}

    static boolean[] grown(boolean[] elements, int size) {
        return size <= elements.length ? elements : Arrays.copyOf(elements, capacity(elements.length, size));
    }

    static int[] grown(int[] elements, int size) {
        return size <= elements.length ? elements : Arrays.copyOf(elements, capacity(elements.length, size));
    }

    static long[] grown(long[] elements, int size) {
        return size <= elements.length ? elements : Arrays.copyOf(elements, capacity(elements.length, size));
    }

    static float[] grown(float[] elements, int size) {
        return size <= elements.length ? elements : Arrays.copyOf(elements, capacity(elements.length, size));
    }

    static double[] grown(double[] elements, int size) {
        return size <= elements.length ? elements : Arrays.copyOf(elements, capacity(elements.length, size));
    }

    private static int capacity(int before, int wanted) {
        return before == 0 ? wanted : Math.max(before * 2, wanted);
    }
}
