package io.concordat.engine.log;

import java.security.SecureRandom;
import java.util.Base64;

/** The name that a log is given when it is made. */
public final class ClusterId {
    private static final int BYTES = 16;

    private ClusterId() {}

    /** A new one: 16 random bytes in base64 for URLs, 22 characters, the first of which is not a dash. */
    public static String random() {
        SecureRandom random = new SecureRandom();
        byte[] bytes = new byte[BYTES];
        String id;
        do {
            random.nextBytes(bytes);
            id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        } while (id.startsWith("-"));
        return id;
    }
}
