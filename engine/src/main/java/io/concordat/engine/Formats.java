package io.concordat.engine;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaType;
import io.concordat.api.format.SchemaFormat;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The schema languages that a registry understands. */
final class Formats {
    private static final List<SchemaType> LISTED = List.of(SchemaType.JSON, SchemaType.PROTOBUF, SchemaType.AVRO);

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

    /** In the order in which existing registries list them. */
    List<SchemaType> types() {
        return byType.keySet().stream()
                .sorted(Comparator.comparingInt(type -> LISTED.contains(type) ? LISTED.indexOf(type) : LISTED.size()))
                .toList();
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
