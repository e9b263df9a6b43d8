package io.concordat.engine.cluster;

import java.net.URI;
import java.util.Objects;

/**
 * A node of a cluster, as the others reach it.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name or an address
 * @param port where it listens
 * @param ours whether it is of this make, so that it says where in the log its writes are
 */
public record Member(String scheme, String host, int port, boolean ours) {
    public Member {
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(host, "host");
    }

    /** Where it is asked. */
    public URI url() {
        String literal = host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]";
        return URI.create(scheme + "://" + literal + ":" + port);
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
