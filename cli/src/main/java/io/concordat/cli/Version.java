package io.concordat.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** What runs here: this command's version and Java's. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"concordat " + ofCommand(), "Java " + System.getProperty("java.version")};
    }

    /** The version in the jar's manifest, which classes that come from a folder do not have. */
    private static String ofCommand() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : version;
    }
}
