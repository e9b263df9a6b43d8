package io.concordat.avro.compiled;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that is compiled when it has proved to be used: on a thread of its own, so that nobody waits. Safe for many
 * threads, which may lose count of a few uses.
 */
public final class Compilation<T> {
    /** Never compiles. */
    public static final int NEVER = -1;

    private final Supplier<@Nullable T> compiler;
    private final int threshold;
    private int uses;
    private boolean isSettled;
    private volatile @Nullable T compiled;

    /**
     * Begins to count.
     *
     * @param threshold after how many uses it is compiled; 0 for here and now, {@link #NEVER} for never
     */
    public Compilation(int threshold, Supplier<@Nullable T> compiler) {
        this.threshold = threshold;
        this.compiler = compiler;
        isSettled = threshold <= 0;
        if (threshold == 0) {
            compile();
        }
    }

    /** Uses what was compiled; null as long as there is nothing. */
    public @Nullable T use() {
        T ready = compiled;
        if (ready == null && !isSettled) {
            count();
        }
        return ready;
    }

    private void count() {
        uses++;
        if (uses >= threshold) {
            isSettled = true;
            ask();
        }
    }

    private void ask() {
        try {
            CompilerThread.execute(this::compile);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            again(); // Too many others are waiting, or there can be no more threads.
        }
    }

    private void compile() {
        try {
            compiled = compiler.get();
        } catch (HiddenClasses.FullException e) {
            again();
        }
    }

    private void again() {
        uses = 0;
        isSettled = false;
    }
}
