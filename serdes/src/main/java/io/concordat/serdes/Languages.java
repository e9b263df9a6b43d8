package io.concordat.serdes;

import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaType;
import io.concordat.api.format.CodecSettings;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.api.format.SchemaFormat;
import io.concordat.api.format.SchemaFormat.Strictness;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The schema languages at hand. */
final class Languages {
    /** Which language writes values that carry no schema, of those that the application has handed over, else of others. */
    private static final List<SchemaType> ORDER = List.of(SchemaType.AVRO, SchemaType.PROTOBUF, SchemaType.JSON);

    private final Map<SchemaType, SchemaFormat> formats;
    private final Map<SchemaType, RecordCodec> byType;
    private final RecordCodec[] codecs;
    private final @Nullable SchemaType preferred;
    /** The language of values that carry no schema. */
    private final @Nullable RecordCodec ofPlainValues;
    /** The language of all values, if there is but one. */
    private final @Nullable RecordCodec only;

    private final IdentityTable<String, RecordCodec> byClass = new IdentityTable<>();

    private Languages(
            Map<SchemaType, SchemaFormat> formats,
            Map<SchemaType, RecordCodec> codecs,
            Set<SchemaType> given,
            @Nullable SchemaType preferred) {
        this.formats = formats;
        this.byType = codecs;
        this.codecs = codecs.values().stream()
                .sorted(Comparator.comparingInt(codec -> rank(codec.type(), given)))
                .toArray(RecordCodec[]::new);
        this.preferred = preferred;
        this.ofPlainValues = preferred == null
                ? Arrays.stream(this.codecs)
                        .filter(RecordCodec::derivesSchemas)
                        .findFirst()
                        .orElse(null)
                : codecs.get(preferred);
        this.only = codecs.size() == 1 && (preferred == null || codecs.containsKey(preferred)) ? this.codecs[0] : null;
    }

    private static int rank(SchemaType type, Set<SchemaType> given) {
        int known = ORDER.indexOf(type);
        int usual = known < 0 ? ORDER.size() : known;
        int afterTheGiven = given.contains(type) ? 0 : ORDER.size() + 1;
        return usual + afterTheGiven;
    }

    /**
     * The given languages first, then those that this library's own class loader sees, then those of the thread's context
     * class loader. The first of a type counts.
     *
     * @param settings what the application has set
     * @param preferred the language of values that carry no schema, or null for the first in the usual order that takes any
     * @throws IllegalStateException if there is none at all
     * @throws IllegalArgumentException if a setting makes no sense to a language
     */
    static Languages of(
            Collection<SchemaFormat> givenFormats,
            Collection<RecordCodec> givenCodecs,
            CodecSettings settings,
            @Nullable SchemaType preferred) {
        Map<SchemaType, SchemaFormat> formats = new LinkedHashMap<>();
        Map<SchemaType, RecordCodec> codecs = new LinkedHashMap<>();
        givenFormats.forEach(format -> formats.putIfAbsent(format.type(), format));
        givenCodecs.forEach(codec -> codecs.putIfAbsent(codec.type(), codec));
        discover(Languages.class.getClassLoader(), formats, codecs);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null && !context.equals(Languages.class.getClassLoader())) {
            discover(context, formats, codecs);
        }
        if (codecs.isEmpty()) {
            throw new IllegalStateException("There is no schema language on the class path;"
                    + " add the artifact of the one you use, such as io.concordat:concordat-avro");
        }
        codecs.replaceAll((type, codec) -> codec.configured(settings));
        Set<SchemaType> given = givenCodecs.stream().map(RecordCodec::type).collect(Collectors.toSet());
        return new Languages(formats, codecs, given, preferred);
    }

    private static void discover(
            ClassLoader loader, Map<SchemaType, SchemaFormat> formats, Map<SchemaType, RecordCodec> codecs) {
        ServiceLoader.load(SchemaFormat.class, loader).forEach(format -> formats.putIfAbsent(format.type(), format));
        ServiceLoader.load(RecordCodec.class, loader).forEach(codec -> codecs.putIfAbsent(codec.type(), codec));
    }

    /**
     * The language whose schema the value carries. For a value that carries none there is one language, whatever the value:
     * which one must not depend on what a map has in it, or on what else is on the class path behind it.
     *
     * @return null if it is to be one that is not at hand
     */
    @Nullable
    RecordCodec of(Object value) {
        if (only != null) {
            return only;
        }
        Class<?> type = value.getClass();
        RecordCodec known = byClass.find(type, "");
        if (known != null) {
            return known;
        }
        RecordCodec language = Arrays.stream(codecs)
                .filter(codec -> codec.carriesSchema(value))
                .findFirst()
                .orElse(ofPlainValues);
        if (language != null) {
            byClass.put(type, "", language);
        }
        return language;
    }

    /** Why a value has no schema, and what to do about it. */
    String refusal(Object value) {
        if (preferred != null && ofPlainValues == null) {
            return "values that carry no schema are to be written as " + preferred + ", and only " + names()
                    + " is at hand; " + howToAdd(preferred);
        }
        String others = Arrays.stream(codecs)
                .filter(codec -> !codec.equals(ofPlainValues) && codec.derivesSchemas())
                .map(codec -> codec.type().name())
                .collect(Collectors.joining(" or "));
        return "a " + value.getClass().getName() + " does not tell its schema to "
                + (ofPlainValues == null ? names() : ofPlainValues.type())
                + "; pass the schema, or a value that carries one"
                + (others.isEmpty() ? "" : ", or have such values written as " + others + " (value.schema.type)");
    }

    /** Understands a schema, which is one of a registry or will be judged by one. */
    ParsedSchema parse(SchemaContent schema, ReferenceResolver references) {
        SchemaFormat format = formats.get(schema.type());
        if (format == null) {
            throw new MissingLanguageException(missing(schema.type()));
        }
        return format.parse(schema, references, Strictness.LENIENT);
    }

    Set<String> settingNames() {
        return Arrays.stream(codecs)
                .flatMap(codec -> codec.settingNames().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    RecordCodec codec(SchemaType type) {
        RecordCodec codec = byType.get(type);
        if (codec == null) {
            throw new MissingLanguageException(missing(type));
        }
        return codec;
    }

    /** Such as {@code AVRO, JSON}. */
    String names() {
        return Arrays.stream(codecs).map(codec -> codec.type().name()).collect(Collectors.joining(", "));
    }

    private String missing(SchemaType type) {
        return "the schema is of type " + type + ", and only " + names() + " is at hand; " + howToAdd(type);
    }

    private static String howToAdd(SchemaType type) {
        return (ORDER.contains(type)
                        ? "add io.concordat:concordat-" + type.name().toLowerCase(Locale.ROOT)
                                + " to the class path, or give the"
                        : "give the")
                + " serializer its format and codec";
    }

    /** A schema's language is not at hand. */
    static final class MissingLanguageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MissingLanguageException(String message) {
            super(message);
        }
    }
}
