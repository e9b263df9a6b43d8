package io.concordat.engine;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaType;
import io.concordat.api.format.SchemaFormat;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The schema languages that a registry understands. */
final class Formats {
    private final Map<SchemaType, SchemaFormat> byType = new LinkedHashMap<>();

    Formats(Collection<SchemaFormat> formats) {
        formats.forEach(format -> byType.putIfAbsent(format.type(), format));
    }

    /** Those on the class path. */
    static List<SchemaFormat> installed() {
        return ServiceLoader.load(SchemaFormat.class, Formats.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    List<SchemaType> types() {
        return List.copyOf(byType.keySet());
    }

    /** @throws RegistryException {@link ErrorCode#INVALID_SCHEMA} for a language that is not there */
    SchemaFormat require(SchemaType type) {
        SchemaFormat format = byType.get(type);
        if (format == null) {
            throw new RegistryException(ErrorCode.INVALID_SCHEMA, "Invalid schema type " + type);
        }
        return format;
    }
}
