package io.concordat.avro.classes;

import io.concordat.avro.plan.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.reflect.AvroName;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * The symbols of an enum's constants: their names, unless {@link AvroName} gives them another, or the schema from which the
 * enum was generated.
 *
 * @param symbols by the order of the constants
 */
record EnumSymbols(Class<?> type, List<String> symbols) {
    static EnumSymbols of(Class<?> type) {
        if (GenericEnumSymbol.class.isAssignableFrom(type)) {
            return new EnumSymbols(type, SpecificData.get().getSchema(type).getEnumSymbols());
        }
        return new EnumSymbols(
                type,
                List.of(type.getEnumConstants()).stream()
                        .map(constant -> symbol(type, (Enum<?>) constant))
                        .toList());
    }

    private static String symbol(Class<?> type, Enum<?> constant) {
        try {
            AvroName given = type.getField(constant.name()).getAnnotation(AvroName.class);
            return given == null ? constant.name() : given.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("Enum " + type.getName() + " lacks a constant", e);
        }
    }

    Shape shape() {
        Map<String, Object> constants = new HashMap<>();
        for (int i = 0; i < symbols.size(); i++) {
            constants.put(symbols.get(i), type.getEnumConstants()[i]);
        }
        return new Shape.Symbols(constants::get, this::symbolOrNull);
    }

    private @Nullable String symbolOrNull(Object value) {
        return type.isInstance(value) ? symbolOf((Enum<?>) value) : null;
    }

    /** The symbol of one of the enum's constants. */
    @SuppressWarnings("EnumOrdinal") // Within one JVM.
    String symbolOf(Enum<?> constant) {
        return symbols.get(constant.ordinal());
    }
}
