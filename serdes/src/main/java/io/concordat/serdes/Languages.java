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
    /** Which language comes first for a value that several know, of those that the application has handed over and of others. */
    private static final List<SchemaType> ORDER = List.of(SchemaType.AVRO, SchemaType.PROTOBUF, SchemaType.JSON);

    private final Map<SchemaType, SchemaFormat> formats;
    private final Map<SchemaType, RecordCodec> byType;
    private final RecordCodec[] codecs;
    private final LanguageOrder usual;
    /** The order for values of a class, as soon as there is more than one language. */
    private final IdentityTable<String, LanguageOrder> byClass = new IdentityTable<>();

    private Languages(
            Map<SchemaType, SchemaFormat> formats,
            Map<SchemaType, RecordCodec> codecs,
            Set<SchemaType> given,
            @Nullable SchemaType preferred) {
        this.formats = formats;
        this.byType = codecs;
        this.codecs = codecs.values().stream()
                .sorted(Comparator.comparingInt(codec -> rank(codec.type(), given, preferred)))
                .toArray(RecordCodec[]::new);
        this.usual = new LanguageOrder(List.of(this.codecs));
    }

    private static int rank(SchemaType type, Set<SchemaType> given, @Nullable SchemaType preferred) {
        int known = ORDER.indexOf(type);
        int usual = known < 0 ? ORDER.size() : known;
        int afterTheGiven = given.contains(type) ? 0 : ORDER.size() + 1;
        return type.equals(preferred) ? -1 : usual + afterTheGiven;
    }

    /**
     * The given languages first, then those that this library's own class loader sees, then those of the thread's context
     * class loader. The first of a type counts.
     *
     * @param settings what the application has set
     * @param preferred the language of values that several know, or null for the usual order
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

    /** The languages as they are asked about a value: one whose schema it carries comes first. */
    LanguageOrder orderFor(Object value) {
        if (codecs.length == 1) {
            return usual;
        }
        Class<?> type = value.getClass();
        LanguageOrder known = byClass.find(type, "");
        if (known == null) {
            known = new LanguageOrder(Arrays.stream(codecs)
                    .sorted(Comparator.comparing(codec -> !codec.carriesSchema(value)))
                    .toList());
            byClass.put(type, "", known);
        }
        return known;
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
        String artifact =
                List.of(SchemaType.AVRO, SchemaType.JSON, SchemaType.PROTOBUF).contains(type)
                        ? "add io.concordat:concordat-" + type.name().toLowerCase(Locale.ROOT)
                                + " to the class path, or give the"
                        : "give the";
        return "the schema is of type " + type + ", and only " + names() + " is at hand; " + artifact
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
