package io.concordat.avro.compiled;

import java.lang.invoke.MethodHandle;

/**
 * Writes calls of method handles. As constants they are as fast as what they stand for, and need no name of a class that
 * this library's class loader may not know.
 */
final class Handles {
    private Handles() {}

    static void call(Code code, MethodHandle handle, Runnable arguments) {
        code.constant(handle, MethodHandle.class);
        arguments.run();
        invoke(code, handle);
    }

    /** Writes the call alone: handle and arguments are on the stack. */
    static void invoke(Code code, MethodHandle handle) {
        code.call(MethodHandle.class, "invokeExact", handle.type().toMethodDescriptorString());
    }
}
