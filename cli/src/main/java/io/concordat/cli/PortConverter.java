package io.concordat.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A port number as it is typed. */
final class PortConverter implements ITypeConverter<Integer> {
    private static final int LAST_PORT = 65_535;

    @Override
    public Integer convert(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= LAST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new TypeConversionException("'" + text + "' is not a port number from 0 to " + LAST_PORT);
    }
}
