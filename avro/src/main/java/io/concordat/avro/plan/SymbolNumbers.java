package io.concordat.avro.plan;

import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.jspecify.annotations.Nullable;

/** The numbers of an enum's symbols. Safe for many threads. */
public final class SymbolNumbers {
    /** No symbol. */
    public static final int NONE = -1;

    /** The numbers of the constants of a Java enum, by their ordinals. */
    private record Constants(Class<?> type, int[] numbers) {}

    private final Schema schema;
    private final Function<Object, @Nullable String> symbols;
    private volatile @Nullable Constants lastConstants;

    private SymbolNumbers(Schema schema, Function<Object, @Nullable String> symbols) {
        this.schema = schema;
        this.symbols = symbols;
    }

    static SymbolNumbers of(Schema schema) {
        return new SymbolNumbers(schema, value -> symbol(schema, value));
    }

    static SymbolNumbers of(Schema schema, Function<Object, @Nullable String> symbols) {
        return new SymbolNumbers(schema, symbols);
    }

    /** The number of the symbol that the value is, or {@link #NONE}. */
    public int numberOf(Object value) {
        return value instanceof Enum<?> constant ? numberOfConstant(constant) : look(value);
    }

    private int numberOfConstant(Enum<?> constant) {
        Class<?> type = constant.getDeclaringClass();
        Constants known = lastConstants;
        if (known == null || known.type() != type) {
            known = new Constants(type, numbers(type.getEnumConstants()));
            lastConstants = known;
        }
        return known.numbers()[constant.ordinal()];
    }

    private int[] numbers(Object[] constants) {
        int[] numbers = new int[constants.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = look(constants[i]);
        }
        return numbers;
    }

    private int look(Object value) {
        String symbol = symbols.apply(value);
        return symbol != null && schema.hasEnumSymbol(symbol) ? schema.getEnumOrdinal(symbol) : NONE;
    }

    private static @Nullable String symbol(Schema schema, Object value) {
        if (!(value instanceof GenericEnumSymbol<?>) && !(value instanceof Enum<?>)) {
            return null;
        }
        String symbol = value instanceof Enum<?> constant ? constant.name() : value.toString();
        return !schema.hasEnumSymbol(symbol) && symbol.endsWith("$")
                // A symbol that is a word of Java has a dollar in generated code.
                ? symbol.substring(0, symbol.length() - 1)
                : symbol;
    }
}
