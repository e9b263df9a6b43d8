package io.concordat.dev;

/** Why a broker or an environment did not start: a taken port, a folder that cannot be used. */
public final class DevStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DevStartException(String message) {
        super(message);
    }

    DevStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
