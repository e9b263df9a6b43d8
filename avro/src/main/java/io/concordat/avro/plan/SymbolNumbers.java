package io.concordat.avro.plan;

import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.jspecify.annotations.Nullable;

/** The numbers of an enum's symbols. Safe for many threads. */
public final class SymbolNumbers {
    /** No symbol. */
    public static final int NONE = -1;

    private final Schema schema;
    private final Function<Object, @Nullable String> symbols;
    private final boolean byModel;

    private SymbolNumbers(Schema schema, Function<Object, @Nullable String> symbols, boolean byModel) {
        this.schema = schema;
        this.symbols = symbols;
        this.byModel = byModel;
    }

    static SymbolNumbers of(Schema schema) {
        return new SymbolNumbers(schema, value -> symbol(schema, value), true);
    }

    static SymbolNumbers of(Schema schema, Function<Object, @Nullable String> symbols) {
        return new SymbolNumbers(schema, symbols, false);
    }

    /** The number of the symbol that the value is, or {@link #NONE}. */
    public int numberOf(Object value) {
        String symbol = symbols.apply(value);
        return symbol != null && schema.hasEnumSymbol(symbol) ? schema.getEnumOrdinal(symbol) : NONE;
    }

    /** Whether the value alone decides, not a function of the application's. */
    public boolean isByModel() {
        return byModel;
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
