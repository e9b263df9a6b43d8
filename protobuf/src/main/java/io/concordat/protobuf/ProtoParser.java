package io.concordat.protobuf;

import com.google.protobuf.ByteString;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.protobuf.Scanner.Kind;
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
import io.concordat.protobuf.Tree.Label;
import io.concordat.protobuf.Tree.Message;
import io.concordat.protobuf.Tree.Method;
import io.concordat.protobuf.Tree.NamePart;
import io.concordat.protobuf.Tree.Oneof;
import io.concordat.protobuf.Tree.Option;
import io.concordat.protobuf.Tree.Range;
import io.concordat.protobuf.Tree.Reserved;
import io.concordat.protobuf.Tree.Service;
import io.concordat.protobuf.Tree.Syntax;
import io.concordat.protobuf.Tree.Text;
import io.concordat.protobuf.Tree.Value;
import io.concordat.protobuf.Tree.Values;
import io.concordat.protobuf.Tree.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a .proto file: proto2, proto3 and edition 2023. Judges its form only; whether names and numbers make sense is
 * for others to say. For one thread.
 */
final class ProtoParser {
    /** How deep messages, and values of options, may nest. */
    static final int MAX_DEPTH = 64;

    /** How many messages, groups and enums a file may define. */
    static final int MAX_TYPES = 20_000;

    /** How long a name may be, without what stands before its last dot. */
    static final int MAX_WORD = 1_000;

    /** Of how many parts with dots between them a name may consist. */
    static final int MAX_PARTS = 100;

    static final int MAX_FIELD_NUMBER = 536_870_911;

    private final Scanner in;
    private Syntax syntax = Syntax.UNSTATED;
    private String packageName = "";
    private final List<Import> imports = new ArrayList<>();
    private final List<Element> elements = new ArrayList<>();
    private int depth;
    private int types;

    private final @Nullable NameProblem sought;
    /** The messages and services around, if something is sought. */
    private final List<String> around = new ArrayList<>();
    /** Where what is sought stands first, by the length that the package must have then: it may be told last of all. */
    private final Map<Integer, Integer> mentions = new HashMap<>();

    private int soughtPackage = -1;

    private ProtoParser(String text, @Nullable NameProblem sought) {
        in = new Scanner(text);
        this.sought = sought;
        enterScope();
    }

    /** @throws InvalidSchemaException if the text is not of the form of a .proto file; the message says where and why */
    static File parse(String text) {
        return new ProtoParser(text, null).file();
    }

    /** Where a name stands that turned out to be wrong, in words; null if it does not stand in this text. */
    static @Nullable String placeOf(NameProblem problem, String text) {
        ProtoParser parser = new ProtoParser(text, problem);
        parser.file();
        Integer offset = problem.isIn(parser.packageName) ? parser.mentions.get(parser.packageName.length()) : null;
        return offset == null ? null : parser.in.place(offset);
    }

    private void enterScope() {
        soughtPackage = sought == null ? -1 : sought.packageLength(around);
    }

    /** Reads the message in an option's value, without its braces. */
    static Block parseBlock(String text) {
        ProtoParser parser = new ProtoParser("{" + text + "\n}", null);
        parser.require("{");
        return parser.block("}");
    }

    private File file() {
        if (in.is("syntax") || in.is("edition")) {
            syntax = syntax();
        }
        while (in.kind() != Kind.END) {
            statement();
        }
        return new File(syntax, packageName, imports, elements);
    }

    private Syntax syntax() {
        boolean edition = in.is("edition");
        in.advance();
        require("=");
        if (in.kind() != Kind.STRING) {
            throw in.expected("a string");
        }
        String value = in.string().toStringUtf8();
        Syntax found = switch ((edition ? "edition " : "") + value) {
            case "proto2" -> Syntax.PROTO2;
            case "proto3" -> Syntax.PROTO3;
            case "edition 2023" -> Syntax.EDITION_2023;
            default ->
                throw in.error("unknown " + (edition ? "edition" : "syntax") + " \"" + value
                        + "\"; known are syntax \"proto2\" and \"proto3\", and edition \"2023\"");
        };
        in.advance();
        require(";");
        return found;
    }

    private void statement() {
        if (accept(";")) {
            return;
        }
        switch (in.kind() == Kind.WORD ? in.token() : "") {
            case "import" -> imports.add(importStatement());
            case "package" -> packageStatement();
            case "option" -> elements.add(option());
            case "message" -> elements.add(message());
            case "enum" -> elements.add(enumType());
            case "extend" -> elements.add(extend());
            case "service" -> elements.add(service());
            case "syntax", "edition" -> throw in.error("'" + in.token() + "' must be the first statement");
            default -> throw in.expected("a top-level statement, such as 'message'");
        }
    }

    private Import importStatement() {
        in.advance();
        Import.Kind kind =
                accept("public") ? Import.Kind.PUBLIC : accept("weak") ? Import.Kind.WEAK : Import.Kind.PLAIN;
        String path = utf8();
        require(";");
        return new Import(kind, path);
    }

    private void packageStatement() {
        if (!packageName.isEmpty()) {
            throw in.error("a second package");
        }
        in.advance();
        packageName = fullName();
        require(";");
    }

    private Message message() {
        in.advance();
        defined();
        String name = word("a message's name");
        return new Message(name, bodyOf(name, this::messageElement));
    }

    /** The body of what names are looked for in first. */
    private List<Element> bodyOf(String name, Consumer<List<Element>> element) {
        around.add(name);
        enterScope();
        List<Element> body = body(element);
        around.remove(around.size() - 1);
        enterScope();
        return body;
    }

    private List<Element> body(Consumer<List<Element>> element) {
        List<Element> body = new ArrayList<>();
        enter();
        require("{");
        while (!accept("}")) {
            if (!accept(";")) {
                element.accept(body);
            }
        }
        depth--;
        return body;
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw in.error("nested more than " + MAX_DEPTH + " levels deep");
        }
    }

    private void defined() {
        if (++types > MAX_TYPES) {
            throw in.error("more than " + MAX_TYPES + " messages and enums");
        }
    }

    private void messageElement(List<Element> body) {
        if (in.kind() != Kind.WORD && !in.is(".")) {
            throw in.expected("a field, or '}'");
        }
        switch (in.token()) {
            case "message" -> body.add(message());
            case "enum" -> body.add(enumType());
            case "extend" -> body.add(extend());
            case "extensions" -> body.add(extensions());
            case "reserved" -> body.add(reserved(MAX_FIELD_NUMBER));
            case "option" -> body.add(option());
            case "oneof" -> body.add(oneof());
            default -> body.add(field());
        }
    }

    private Field field() {
        Label label = label();
        if (accept("group")) {
            return group(label);
        }
        String type = typeName();
        if (type.equals("map") && accept("<")) {
            return map(label);
        }
        return field(label, type, null);
    }

    private @Nullable Label label() {
        for (Label label : Label.values()) {
            if (accept(label.word())) {
                return label;
            }
        }
        return null;
    }

    private Field map(@Nullable Label label) {
        if (label != null) {
            throw in.error("a map has no label");
        }
        String key = typeName(true);
        require(",");
        String value = typeName();
        require(">");
        return field(null, value, key);
    }

    private Field field(@Nullable Label label, String type, @Nullable String mapKey) {
        String name = word("a field's name");
        require("=");
        int number = number("a field's number");
        List<Option> options = bracketedOptions();
        require(";");
        return new Field(label, type, mapKey, name, number, options, null);
    }

    private Field group(@Nullable Label label) {
        String name = word("a group's name");
        defined();
        require("=");
        int number = number("a group's number");
        List<Option> options = bracketedOptions();
        Message group = new Message(name, bodyOf(name, this::messageElement));
        return new Field(label, name, null, name.toLowerCase(Locale.ROOT), number, options, group);
    }

    private Oneof oneof() {
        in.advance();
        return new Oneof(word("a oneof's name"), body(this::oneofElement));
    }

    private void oneofElement(List<Element> body) {
        if (in.is("option")) {
            body.add(option());
            return;
        }
        if (label() != null) {
            throw in.error("a field of a oneof has no label");
        }
        body.add(field());
    }

    private EnumType enumType() {
        in.advance();
        defined();
        return new EnumType(word("an enum's name"), body(this::enumElement));
    }

    private void enumElement(List<Element> body) {
        if (in.is("option")) {
            body.add(option());
        } else if (in.is("reserved")) {
            body.add(reserved(Integer.MAX_VALUE));
        } else {
            String name = word("an enum value's name");
            require("=");
            int number = signedNumber("an enum value's number");
            body.add(new EnumValue(name, number, bracketedOptions()));
            require(";");
        }
    }

    private Extend extend() {
        in.advance();
        String type = typeName();
        return new Extend(type, body(body -> body.add(field())));
    }

    private Extensions extensions() {
        in.advance();
        List<Range> ranges = new ArrayList<>();
        do {
            ranges.add(range(MAX_FIELD_NUMBER));
        } while (accept(","));
        Extensions extensions = new Extensions(ranges, bracketedOptions());
        require(";");
        return extensions;
    }

    private Reserved reserved(int max) {
        in.advance();
        List<Range> ranges = new ArrayList<>();
        List<String> names = new ArrayList<>();
        do {
            if (in.kind() == Kind.STRING) {
                names.add(utf8());
            } else if (in.kind() == Kind.WORD) {
                names.add(word("a reserved name"));
            } else {
                ranges.add(range(max));
            }
        } while (accept(","));
        require(";");
        return new Reserved(ranges, names);
    }

    private Range range(int max) {
        int start = signedNumber("a number");
        if (!accept("to")) {
            return new Range(start, start);
        }
        int end = accept("max") ? max : signedNumber("a number, or 'max'");
        if (end < start) {
            throw in.error("a range that ends before it starts");
        }
        return new Range(start, end);
    }

    private Service service() {
        in.advance();
        String name = word("a service's name");
        return new Service(name, bodyOf(name, body -> {
            if (in.is("option")) {
                body.add(option());
            } else if (in.is("rpc")) {
                body.add(method());
            } else {
                throw in.expected("'rpc', 'option' or '}'");
            }
        }));
    }

    private Method method() {
        in.advance();
        String name = word("a method's name");
        require("(");
        boolean inputStreams = accept("stream");
        String input = typeName();
        require(")");
        require("returns");
        require("(");
        boolean outputStreams = accept("stream");
        String output = typeName();
        require(")");
        List<Option> options = new ArrayList<>();
        boolean block = !accept(";");
        if (block) {
            methodOptions(options);
        }
        return new Method(name, input, inputStreams, output, outputStreams, options, block);
    }

    private void methodOptions(List<Option> options) {
        body(body -> {
            if (!in.is("option")) {
                throw in.expected("'option' or '}'");
            }
            options.add(option());
        });
    }

    private Option option() {
        in.advance();
        Option option = assignment();
        require(";");
        return option;
    }

    private List<Option> bracketedOptions() {
        if (!accept("[")) {
            return List.of();
        }
        List<Option> options = new ArrayList<>();
        do {
            options.add(assignment());
        } while (accept(","));
        require("]");
        return options;
    }

    private Option assignment() {
        List<NamePart> name = new ArrayList<>();
        do {
            if (accept("(")) {
                name.add(new NamePart(typeName(), true));
                require(")");
            } else {
                name.add(new NamePart(word("an option's name"), false));
            }
        } while (accept("."));
        require("=");
        return new Option(name, value());
    }

    private Value value() {
        if (in.kind() == Kind.STRING) {
            return new Text(strings());
        }
        if (accept("{")) {
            return block("}");
        }
        if (accept("<")) {
            return block(">");
        }
        if (accept("[")) {
            return list();
        }
        return new Word(scalar());
    }

    private ByteString strings() {
        ByteString all = ByteString.EMPTY;
        while (in.kind() == Kind.STRING) {
            all = all.concat(in.string());
            in.advance();
        }
        return all;
    }

    private String scalar() {
        String sign = accept("-") ? "-" : "";
        if (in.kind() != Kind.WORD && in.kind() != Kind.INTEGER && in.kind() != Kind.FLOAT) {
            throw in.expected("a value");
        }
        StringBuilder scalar = new StringBuilder(sign).append(in.token());
        boolean word = in.kind() == Kind.WORD;
        in.advance();
        while (word && accept(".")) {
            scalar.append('.').append(word("a name"));
        }
        return scalar.toString();
    }

    private Block block(String end) {
        List<Entry> entries = new ArrayList<>();
        enter();
        while (!accept(end)) {
            String name = accept("[") ? extensionName() : word("a field's name, or '" + end + "'");
            if (!accept(":") && !in.is("{") && !in.is("<")) {
                throw in.expected("':' or '{'");
            }
            entries.add(new Entry(name, value()));
            if (!accept(",")) {
                accept(";");
            }
        }
        depth--;
        return new Block(entries);
    }

    private String extensionName() {
        String name = fullName();
        while (accept("/")) {
            name += "/" + fullName();
        }
        require("]");
        return "[" + name + "]";
    }

    private Values list() {
        List<Value> values = new ArrayList<>();
        enter();
        if (!accept("]")) {
            do {
                values.add(value());
            } while (accept(","));
            require("]");
        }
        depth--;
        return new Values(values);
    }

    private String typeName() {
        return typeName(false);
    }

    private String typeName(boolean isMapKey) {
        int offset = in.offset();
        String name = accept(".") ? "." + fullName() : fullName();
        if (sought != null && soughtPackage >= 0 && sought.isOf(name, isMapKey)) {
            mentions.putIfAbsent(soughtPackage, offset);
        }
        return name;
    }

    private String fullName() {
        StringBuilder name = new StringBuilder(word("a name"));
        for (int parts = 2; accept("."); parts++) {
            if (parts > MAX_PARTS) {
                throw in.error("a name of more than " + MAX_PARTS + " parts");
            }
            name.append('.').append(word("a name"));
        }
        return name.toString();
    }

    private String word(String what) {
        if (in.kind() != Kind.WORD) {
            throw in.expected(what);
        }
        String word = in.token();
        if (word.length() > MAX_WORD) {
            throw in.error("a name of more than " + MAX_WORD + " characters");
        }
        in.advance();
        return word;
    }

    private String utf8() {
        if (in.kind() != Kind.STRING) {
            throw in.expected("a string");
        }
        if (!in.string().isValidUtf8()) {
            throw in.error("a string that is no text");
        }
        return strings().toStringUtf8();
    }

    private int signedNumber(String what) {
        return accept("-") ? number(what, "-") : number(what, "");
    }

    private int number(String what) {
        return number(what, "");
    }

    private int number(String what, String sign) {
        if (in.kind() != Kind.INTEGER) {
            throw in.expected(what);
        }
        try {
            int number = Integer.decode(sign + in.token());
            in.advance();
            return number;
        } catch (NumberFormatException e) {
            throw in.error(sign + in.token() + " is no number of 32 bits");
        }
    }

    private boolean accept(String token) {
        if (in.is(token)) {
            in.advance();
            return true;
        }
        return false;
    }

    private void require(String token) {
        if (!accept(token)) {
            throw in.expected("'" + token + "'");
        }
    }
}
