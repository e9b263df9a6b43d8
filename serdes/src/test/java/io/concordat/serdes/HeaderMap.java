package io.concordat.serdes;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Headers of a record that has one of each name. */
final class HeaderMap implements MessageHeaders {
    private final Map<String, byte[]> headers = new LinkedHashMap<>();

    @Override
    public byte @Nullable [] last(String name) {
        return headers.get(name);
    }

    @Override
    public void put(String name, byte[] value) {
        headers.put(name, value);
    }

    @Override
    public void remove(String name) {
        headers.remove(name);
    }

    /** Such as {@code name=0042}. */
    List<String> all() {
        return headers.entrySet().stream()
                .map(header -> header.getKey() + "=" + HexFormat.of().formatHex(header.getValue()))
                .toList();
    }
}
