package io.concordat.avro.classes;

import io.concordat.avro.plan.Converter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keys of maps, which are text in Avro. */
final class MapKeys {
    private MapKeys() {}

    static boolean areKeys(Class<?> keys) {
        return keys == String.class || keys == CharSequence.class || keys.isEnum();
    }

    /** Turns the keys of a map; the enum's constants are written as their symbols. */
    static Converter ofEnum(Class<?> type) {
        EnumSymbols symbols = EnumSymbols.of(type);
        return new Keys(key -> constant(symbols, key.toString()), key -> symbols.symbolOf((Enum<?>) type.cast(key)));
    }

    private static Object constant(EnumSymbols symbols, String symbol) {
        int index = symbols.symbols().indexOf(symbol);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "'" + symbol + "' is no constant of " + symbols.type().getName());
        }
        return List.of(symbols.type().getEnumConstants()).get(index);
    }

    private record Keys(Function<Object, Object> fromText, Function<Object, Object> toText) implements Converter {
        @Override
        public @Nullable Object fromAvro(@Nullable Object raw) {
            return raw == null ? null : turned((Map<?, ?>) raw, fromText);
        }

        @Override
        public @Nullable Object toAvro(@Nullable Object value) {
            return value == null ? null : turned((Map<?, ?>) value, toText);
        }

        private static Map<Object, @Nullable Object> turned(Map<?, ?> map, Function<Object, Object> turn) {
            Map<Object, @Nullable Object> turned = new LinkedHashMap<>();
            map.forEach((key, value) -> turned.put(turn.apply(key), value));
            return turned;
        }

        @Override
        public String expected() {
            return "map";
        }
    }
}
