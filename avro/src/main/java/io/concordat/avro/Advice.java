package io.concordat.avro;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Warnings about settings, each once in a process. */
final class Advice {
    private static final System.Logger LOG = System.getLogger(AvroCodec.class.getName());

    /** Settings are few, and so are these. */
    private static final Set<String> GIVEN = ConcurrentHashMap.newKeySet();

    private Advice() {}

    static void warnOnce(String advice) {
        if (GIVEN.add(advice)) {
            LOG.log(System.Logger.Level.WARNING, () -> advice);
        }
    }
}
