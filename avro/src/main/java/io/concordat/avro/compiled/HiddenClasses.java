package io.concordat.avro.compiled;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The classes that were made and are still there: not more than so many at a time. */
final class HiddenClasses {
    private static final int MOST = 1_000;

    /** There are as many classes as there may be; later there may be fewer. */
    static final class FullException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private FullException() {
            super("there are " + MOST + " classes", null, false, false);
        }
    }

    /** Makes a class and its object. */
    interface Generation<T> {
        T make() throws ReflectiveOperationException;
    }

    private static final ReferenceQueue<Class<?>> GONE = new ReferenceQueue<>();
    private static final Set<Object> THERE = ConcurrentHashMap.newKeySet();

    private HiddenClasses() {}

    /**
     * The object of a new class; null if it cannot be made.
     *
     * @throws FullException if there are too many classes
     */
    static <T> @Nullable T make(Generation<T> generation) {
        forgetGone();
        if (THERE.size() >= MOST) {
            throw new FullException();
        }
        try {
            T made = generation.make();
            THERE.add(new WeakReference<Class<?>>(made.getClass(), GONE));
            return made;
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            rethrowIfFatal(e);
            return null; // Not here: in a native image, under a strict module, of a method that is too large.
        }
    }

    private static void forgetGone() {
        for (Object gone = GONE.poll(); gone != null; gone = GONE.poll()) {
            THERE.remove(gone);
        }
    }

    /** How many classes are there now. */
    static int count() {
        forgetGone();
        return THERE.size();
    }

    /** What to answer when compiled code has thrown something. Nothing is known yet of why. */
    static Object refused(Throwable thrown) {
        rethrowIfFatal(thrown);
        return CompiledReader.REFUSED;
    }

    private static void rethrowIfFatal(Throwable thrown) {
        if (thrown instanceof VirtualMachineError error && !(thrown instanceof StackOverflowError)) {
            throw error;
        }
    }
}
