package io.concordat.api;

/**
 * Which version of a subject is meant: a number, or the latest live one.
 *
 * @param number at least 1, or {@link #LATEST_NUMBER}
 */
public record VersionSpec(int number) {
    /** How a number field says "latest". */
    public static final int LATEST_NUMBER = -1;

    /** The highest version that is not deleted. */
    public static final VersionSpec LATEST = new VersionSpec(LATEST_NUMBER);

    public VersionSpec {
        if (number != LATEST_NUMBER && number < 1) {
            throw invalid(Integer.toString(number));
        }
    }

    /**
     * The version of that number.
     *
     * @throws RegistryException {@link ErrorCode#INVALID_VERSION} if the number is below 1 and not -1
     */
    public static VersionSpec of(int number) {
        return number == LATEST_NUMBER ? LATEST : new VersionSpec(number);
    }

    /**
     * Reads what stands in a path: a number, {@code latest} in any case, or {@code -1}.
     *
     * @throws RegistryException {@link ErrorCode#INVALID_VERSION} for anything else
     */
    public static VersionSpec parse(String text) {
        if (text.trim().equalsIgnoreCase("latest")) {
            return LATEST;
        }
        try {
            return of(Integer.parseInt(text.trim()));
        } catch (NumberFormatException | RegistryException e) {
            throw invalid(text);
        }
    }

    public boolean isLatest() {
        return number == LATEST_NUMBER;
    }

    private static RegistryException invalid(String text) {
        return new RegistryException(
                ErrorCode.INVALID_VERSION,
                "The specified version '" + text
                        + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");
    }

    @Override
    public String toString() {
        return isLatest() ? "latest" : Integer.toString(number);
    }
}
