package io.concordat.protobuf;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a .proto file says, as it says it: names are not resolved, and elements stand in the order of the text. Comments are not
 * kept.
 */
final class Tree {
    private Tree() {}

    /** What the first statement says about the language; {@code UNSTATED} means proto2 too. */
    enum Syntax {
        UNSTATED,
        PROTO2,
        PROTO3,
        EDITION_2023;

        boolean isProto2() {
            return this == UNSTATED || this == PROTO2;
        }
    }

    /** Anything between the braces of a file, a message, an enum, a service, an extension or a oneof. */
    sealed interface Element
            permits Message, EnumType, Field, Oneof, Extend, Reserved, Extensions, EnumValue, Service, Method, Option {}

    /** What has elements. */
    interface Parent {
        List<Element> elements();

        /** The elements of one kind, in their order. */
        default <E extends Element> List<E> all(Class<E> kind) {
            return elements().stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        default List<Option> options() {
            return all(Option.class);
        }
    }

    record File(Syntax syntax, String packageName, List<Import> imports, List<Element> elements) implements Parent {
        File {
            imports = List.copyOf(imports);
            elements = List.copyOf(elements);
        }

        List<Message> messages() {
            return all(Message.class);
        }
    }

    record Import(Kind kind, String path) {
        enum Kind {
            PLAIN(""),
            PUBLIC("public "),
            WEAK("weak ");

            private final String word;

            Kind(String word) {
                this.word = word;
            }

            String word() {
                return word;
            }
        }
    }

    record Message(String name, List<Element> elements) implements Element, Parent {
        Message {
            elements = List.copyOf(elements);
        }

        /** The messages that are defined by name within this one: neither groups nor the entries of maps. */
        List<Message> messages() {
            return all(Message.class);
        }

        /** Whether this is what a map field stands for, written out. */
        boolean isMapEntry() {
            return options().stream()
                    .anyMatch(option -> option.is("map_entry") && option.value().isWord("true"));
        }
    }

    enum Label {
        OPTIONAL,
        REQUIRED,
        REPEATED;

        /** As the text spells it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A field of any kind.
     *
     * @param label null if the text has none
     * @param type the name of its type; of a map, of its values
     * @param mapKey the type of the keys, if it is a map
     * @param group the message it defines, if it is a group; then {@code type} is its name
     */
    record Field(
            @Nullable Label label,
            String type,
            @Nullable String mapKey,
            String name,
            int number,
            List<Option> options,
            @Nullable Message group)
            implements Element {
        Field {
            options = List.copyOf(options);
        }

        boolean isMap() {
            return mapKey != null;
        }

        Field withType(String newType) {
            return new Field(label, newType, mapKey, name, number, options, group);
        }

        Field withOptions(List<Option> newOptions) {
            return new Field(label, type, mapKey, name, number, newOptions, group);
        }

        /** The option that is named by a single word, such as {@code default}. */
        Optional<Option> option(String word) {
            return options.stream().filter(option -> option.is(word)).findFirst();
        }
    }

    record Oneof(String name, List<Element> elements) implements Element, Parent {
        Oneof {
            elements = List.copyOf(elements);
        }

        List<Field> fields() {
            return all(Field.class);
        }
    }

    record EnumType(String name, List<Element> elements) implements Element, Parent {
        EnumType {
            elements = List.copyOf(elements);
        }
    }

    record EnumValue(String name, int number, List<Option> options) implements Element {
        EnumValue {
            options = List.copyOf(options);
        }
    }

    record Extend(String type, List<Element> elements) implements Element, Parent {
        Extend {
            elements = List.copyOf(elements);
        }
    }

    /** Numbers from {@code start} to {@code end}, both among them. */
    record Range(int start, int end) {}

    record Reserved(List<Range> ranges, List<String> names) implements Element {
        Reserved {
            ranges = List.copyOf(ranges);
            names = List.copyOf(names);
        }
    }

    record Extensions(List<Range> ranges, List<Option> options) implements Element {
        Extensions {
            ranges = List.copyOf(ranges);
            options = List.copyOf(options);
        }
    }

    record Service(String name, List<Element> elements) implements Element, Parent {
        Service {
            elements = List.copyOf(elements);
        }
    }

    /**
     * A method.
     *
     * @param block whether braces follow it, with or without options between them
     */
    record Method(
            String name,
            String input,
            boolean inputStreams,
            String output,
            boolean outputStreams,
            List<Option> options,
            boolean block)
            implements Element {
        Method {
            options = List.copyOf(options);
        }
    }

    record Option(List<NamePart> name, Value value) implements Element {
        Option {
            name = List.copyOf(name);
        }

        static Option of(String word, Value value) {
            return new Option(List.of(new NamePart(word, false)), value);
        }

        /** Whether it is the language's own option of that name. */
        boolean is(String word) {
            return name.size() == 1
                    && !name.get(0).extension()
                    && name.get(0).name().equals(word);
        }

        /** Whether an extension is set, as a whole or in part. */
        boolean isCustom() {
            return name.stream().anyMatch(NamePart::extension);
        }
    }

    /**
     * A step of an option's name.
     *
     * @param extension whether it is the name of an extension, in parentheses
     */
    record NamePart(String name, boolean extension) {}

    /** The value of an option. */
    sealed interface Value permits Text, Word, Block, Values {
        default boolean isWord(String word) {
            return this instanceof Word found && found.word().equals(word);
        }
    }

    /** A quoted string, unquoted. */
    record Text(ByteString bytes) implements Value {
        static Text of(String text) {
            return new Text(ByteString.copyFromUtf8(text));
        }
    }

    /** A number with its sign, or an identifier. */
    record Word(String word) implements Value {}

    /** A message, in braces. */
    record Block(List<Entry> entries) implements Value {
        Block {
            entries = List.copyOf(entries);
        }
    }

    /** A list, in brackets. */
    record Values(List<Value> values) implements Value {
        Values {
            values = List.copyOf(values);
        }
    }

    /**
     * A field of a message in an option.
     *
     * @param name in brackets if it is an extension
     */
    record Entry(String name, Value value) {}
}
