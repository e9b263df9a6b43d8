package io.concordat.protobuf;

import com.google.protobuf.ByteString;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.protobuf.Tree.Block;
import io.concordat.protobuf.Tree.Element;
import io.concordat.protobuf.Tree.Entry;
import io.concordat.protobuf.Tree.EnumType;
import io.concordat.protobuf.Tree.EnumValue;
import io.concordat.protobuf.Tree.Extend;
import io.concordat.protobuf.Tree.Extensions;
import io.concordat.protobuf.Tree.Field;
import io.concordat.protobuf.Tree.File;
import io.concordat.protobuf.Tree.Import;
import io.concordat.protobuf.Tree.Message;
import io.concordat.protobuf.Tree.Method;
import io.concordat.protobuf.Tree.NamePart;
import io.concordat.protobuf.Tree.Oneof;
import io.concordat.protobuf.Tree.Option;
import io.concordat.protobuf.Tree.Parent;
import io.concordat.protobuf.Tree.Range;
import io.concordat.protobuf.Tree.Reserved;
import io.concordat.protobuf.Tree.Service;
import io.concordat.protobuf.Tree.Text;
import io.concordat.protobuf.Tree.Value;
import io.concordat.protobuf.Tree.Values;
import io.concordat.protobuf.Tree.Word;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a .proto file in the one form under which registries keep it. Its identity hangs on every blank: an empty line within a
 * nested message, for instance, is as far indented as the message.
 */
final class ProtoPrinter {
    /** How long a text may become: nested deeply, a short one becomes long. */
    static final int MAX_CHARACTERS = 32 << 20;

    static final String TOO_LONG = "The schema is longer than " + MAX_CHARACTERS + " characters when it is written out";

    private static final String INDENTATION = "  ";

    private final StringBuilder out = new StringBuilder();
    private int level;

    private ProtoPrinter() {}

    static String print(File file) {
        ProtoPrinter printer = new ProtoPrinter();
        printer.file(file);
        return printer.out.toString();
    }

    /** One element alone, to be shown to somebody. */
    static String print(Element element) {
        ProtoPrinter printer = new ProtoPrinter();
        printer.element(element);
        return printer.out.toString();
    }

    /** A value alone. */
    static String print(Value value) {
        ProtoPrinter printer = new ProtoPrinter();
        printer.value(value);
        return printer.out.toString();
    }

    /** An entry alone. */
    static String print(Entry entry) {
        ProtoPrinter printer = new ProtoPrinter();
        printer.entry(entry);
        return printer.out.toString();
    }

    private void file(File file) {
        switch (file.syntax()) {
            case PROTO2 -> line("syntax = \"proto2\";");
            case PROTO3 -> line("syntax = \"proto3\";");
            case EDITION_2023 -> line("edition = \"2023\";");
            case UNSTATED -> {}
        }
        if (!file.packageName().isEmpty()) {
            line("package " + file.packageName() + ";");
        }
        section(imports(file), imported -> line("import " + imported.kind().word() + quoted(imported.path()) + ";"));
        section(file.options(), this::element);
        section(concat(file.all(Message.class), file.all(EnumType.class)), this::element);
        section(file.all(Extend.class), this::element);
        section(file.all(Service.class), this::element);
    }

    private static List<Import> imports(File file) {
        return Stream.of(Import.Kind.values())
                .flatMap(kind -> file.imports().stream().filter(imported -> imported.kind() == kind))
                .toList();
    }

    private static List<Element> concat(List<? extends Element> first, List<? extends Element> second) {
        List<Element> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }

    /** Each section begins with the end of a line: that of the opening brace, or an empty one. */
    private <E> void section(List<E> elements, Consumer<E> print) {
        if (!elements.isEmpty()) {
            endLine();
            elements.forEach(print);
        }
    }

    private void endLine() {
        if (out.isEmpty() || out.charAt(out.length() - 1) == '\n') {
            indent(level - 1);
        }
        out.append('\n');
    }

    private void element(Element element) {
        requireBounded();
        if (element instanceof Message message) {
            indent(level);
            out.append("message ").append(message.name());
            body(() -> message(message));
            out.append('\n');
        } else if (element instanceof Field field) {
            field(field);
        } else if (element instanceof Oneof oneof) {
            oneof(oneof);
        } else if (element instanceof EnumType type) {
            enumType(type);
        } else if (element instanceof EnumValue value) {
            indent(level);
            out.append(value.name()).append(" = ").append(value.number());
            bracketed(value.options());
            out.append(";\n");
        } else {
            rarer(element);
        }
    }

    private void rarer(Element element) {
        if (element instanceof Option option) {
            indent(level);
            out.append("option ");
            option(option);
            out.append(";\n");
        } else if (element instanceof Reserved reserved) {
            line("reserved " + reserved(reserved) + ";");
        } else if (element instanceof Extensions extensions) {
            indent(level);
            out.append("extensions ").append(ranges(extensions.ranges()));
            bracketed(extensions.options());
            out.append(";\n");
        } else if (element instanceof Extend extend) {
            indent(level);
            out.append("extend ").append(extend.type());
            body(() -> fields(extend));
            out.append('\n');
        } else if (element instanceof Service service) {
            service(service);
        } else if (element instanceof Method method) {
            method(method);
        }
    }

    private void body(Runnable sections) {
        out.append(" {");
        int empty = out.length();
        level++;
        sections.run();
        level--;
        if (out.length() > empty) {
            indent(level);
        }
        out.append('}');
    }

    private void message(Message message) {
        section(message.all(Reserved.class), this::element);
        section(message.options(), this::element);
        fields(message);
        section(message.all(Extensions.class), this::element);
        section(message.all(Extend.class), this::element);
        section(concat(message.all(Message.class), message.all(EnumType.class)), this::element);
    }

    private void fields(Parent parent) {
        List<Field> fields = parent.all(Field.class);
        section(fields.stream().filter(field -> field.group() == null).toList(), this::field);
        section(parent.all(Oneof.class), this::oneof);
        section(fields.stream().filter(field -> field.group() != null).toList(), this::field);
    }

    private void oneof(Oneof oneof) {
        indent(level);
        out.append("oneof ").append(oneof.name());
        body(() -> {
            section(oneof.options(), this::element);
            fields(oneof);
        });
        out.append('\n');
    }

    private void requireBounded() {
        if (out.length() > MAX_CHARACTERS) {
            throw new InvalidSchemaException(TOO_LONG);
        }
    }

    private void field(Field field) {
        requireBounded();
        indent(level);
        if (field.label() != null) {
            out.append(field.label().word()).append(' ');
        }
        Message group = field.group();
        if (group != null) {
            out.append("group ").append(field.type());
        } else if (field.mapKey() != null) {
            out.append("map<" + field.mapKey() + ", " + field.type() + "> ").append(field.name());
        } else {
            out.append(field.type()).append(' ').append(field.name());
        }
        out.append(" = ").append(field.number());
        bracketed(inOrder(field.options()));
        if (group != null) {
            body(() -> message(group));
            out.append('\n');
        } else {
            out.append(";\n");
        }
    }

    /** The two that are options in form only come last. */
    private static List<Option> inOrder(List<Option> options) {
        List<Option> ordered = new ArrayList<>(options);
        for (String last : List.of("default", "json_name")) {
            List<Option> moved =
                    ordered.stream().filter(option -> option.is(last)).toList();
            ordered.removeAll(moved);
            ordered.addAll(moved);
        }
        return ordered;
    }

    private void enumType(EnumType type) {
        indent(level);
        out.append("enum ").append(type.name()).append(" {");
        level++;
        if (!type.elements().isEmpty()) {
            out.append('\n');
        }
        type.all(Reserved.class).forEach(this::element);
        type.options().forEach(this::element);
        type.all(EnumValue.class).forEach(this::element);
        level--;
        if (!type.elements().isEmpty()) {
            indent(level);
        }
        out.append("}\n");
    }

    private void service(Service service) {
        indent(level);
        out.append("service ").append(service.name());
        body(() -> {
            section(service.options(), this::element);
            section(service.all(Method.class), this::element);
        });
        out.append('\n');
    }

    private void method(Method method) {
        indent(level);
        out.append("rpc ").append(method.name()).append(" (");
        out.append(method.inputStreams() ? "stream " : "").append(method.input());
        out.append(") returns (");
        out.append(method.outputStreams() ? "stream " : "").append(method.output());
        out.append(')');
        if (!method.options().isEmpty()) {
            out.append(" {\n");
            level++;
            method.options().forEach(this::element);
            level--;
            indent(level);
            out.append('}');
        }
        out.append(";\n");
    }

    private static String reserved(Reserved reserved) {
        String numbers = ranges(reserved.ranges());
        String names = reserved.names().stream().map(ProtoPrinter::quoted).collect(Collectors.joining(", "));
        return numbers + (numbers.isEmpty() || names.isEmpty() ? "" : ", ") + names;
    }

    private static String ranges(List<Range> ranges) {
        return ranges.stream().map(ProtoPrinter::range).collect(Collectors.joining(", "));
    }

    private static String range(Range range) {
        if (range.start() == range.end()) {
            return Integer.toString(range.start());
        }
        boolean toTheEnd = range.end() == ProtoParser.MAX_FIELD_NUMBER || range.end() == Integer.MAX_VALUE;
        return range.start() + " to " + (toTheEnd ? "max" : Integer.toString(range.end()));
    }

    /** One option stays on the line, more of them get a line each. */
    private void bracketed(List<Option> options) {
        if (options.isEmpty()) {
            return;
        }
        if (options.size() == 1) {
            out.append(" [");
            option(options.get(0));
            out.append(']');
            return;
        }
        out.append(" [\n");
        level++;
        each(options, option -> {
            indent(level);
            option(option);
        });
        level--;
        indent(level);
        out.append(']');
    }

    private <E> void each(List<E> elements, Consumer<E> print) {
        for (Iterator<E> rest = elements.iterator(); rest.hasNext(); ) {
            print.accept(rest.next());
            out.append(rest.hasNext() ? ",\n" : "\n");
        }
    }

    private void option(Option option) {
        out.append(name(option.name())).append(" = ");
        value(option.value());
    }

    static String name(List<NamePart> name) {
        return name.stream()
                .map(part -> part.extension() ? "(" + part.name() + ")" : part.name())
                .collect(Collectors.joining("."));
    }

    private void value(Value value) {
        if (value instanceof Text text) {
            out.append(quoted(text.bytes()));
        } else if (value instanceof Word word) {
            out.append(word.word());
        } else if (value instanceof Block block) {
            surrounded("{", block.entries(), this::entry, "}");
        } else if (value instanceof Values values) {
            surrounded("[", values.values(), this::value, "]");
        }
    }

    private void entry(Entry entry) {
        out.append(entry.name()).append(": ");
        value(entry.value());
    }

    private <E> void surrounded(String start, List<E> elements, Consumer<E> print, String end) {
        out.append(start).append('\n');
        level++;
        each(elements, element -> {
            indent(level);
            print.accept(element);
        });
        level--;
        indent(level);
        out.append(end);
    }

    private void line(String line) {
        indent(level);
        out.append(line).append('\n');
    }

    private void indent(int levels) {
        out.append(INDENTATION.repeat(Math.max(0, levels)));
    }

    private static String quoted(String text) {
        return quoted(ByteString.copyFromUtf8(text));
    }

    private static String quoted(ByteString bytes) {
        return '"' + escaped(bytes) + '"';
    }

    /** As it stands between quotes: text as it is, other bytes as octal numbers. */
    static String escaped(ByteString bytes) {
        Optional<String> text = bytes.isValidUtf8() ? Optional.of(bytes.toStringUtf8()) : Optional.empty();
        StringBuilder escaped = new StringBuilder();
        if (text.isPresent()) {
            text.get().chars().forEach(c -> escape((char) c, escaped));
        } else {
            for (byte b : bytes) {
                escape((char) (b & 0xFF), b < 0, escaped);
            }
        }
        return escaped.toString();
    }

    private static void escape(char c, StringBuilder out) {
        escape(c, false, out);
    }

    private static void escape(char c, boolean octal, StringBuilder out) {
        int known = "\u0007\b\f\n\r\t\u000B\\\"".indexOf(c);
        if (known >= 0) {
            out.append('\\').append("abfnrtv\\\"".charAt(known));
        } else if (octal || c < ' ' || c == '\u007F') {
            out.append('\\').append((char) ('0' + (c >> 6))).append((char) ('0' + (c >> 3 & 7)));
            out.append((char) ('0' + (c & 7)));
        } else {
            out.append(c);
        }
    }

    /** A field or the head of a type, on one line. */
    static String summary(@Nullable Element element) {
        if (element == null) {
            return "";
        }
        String text = print(element).strip();
        return element instanceof Message || element instanceof Oneof ? text.substring(0, text.indexOf('{') - 1) : text;
    }
}
