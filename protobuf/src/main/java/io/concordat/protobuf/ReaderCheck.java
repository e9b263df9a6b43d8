package io.concordat.protobuf;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import io.concordat.api.Compatibility.Direction;
import io.concordat.api.format.Incompatibility;
import io.concordat.protobuf.Finding.Rule;
import io.concordat.protobuf.Tree.Element;
import io.concordat.protobuf.Tree.EnumType;
import io.concordat.protobuf.Tree.Field;
import io.concordat.protobuf.Tree.File;
import io.concordat.protobuf.Tree.Label;
import io.concordat.protobuf.Tree.Message;
import io.concordat.protobuf.Tree.Oneof;
import io.concordat.protobuf.Tree.Parent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a schema cannot read what another one wrote, by the rules and in the words of existing registries: fields are
 * matched by number, messages by name, and only numbers, types and membership in oneofs are judged.
 *
 * <p>Each pair of messages is compared once. The number of findings is bounded, since both schemas may come from anybody.
 */
final class ReaderCheck {
    private static final int MAX_FINDINGS = 1_000;

    /** How far imported messages are followed into one another. */
    private static final int MAX_DEPTH = 100;

    private final Side reader;
    private final Side writer;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<Pair> compared = new HashSet<>();
    private int depth;

    /** One of the two schemas. */
    private record Side(File file, Names names) {}

    private record Pair(String reader, String writer) {}

    /** A message with the scope in which its names count. */
    private record Scoped(Message message, String scope) {
        List<Field> plainFields() {
            return message.all(Field.class).stream()
                    .filter(field -> field.group() == null)
                    .toList();
        }
    }

    private ReaderCheck(Side reader, Side writer) {
        this.reader = reader;
        this.writer = writer;
    }

    static List<Incompatibility> incompatibilities(
            File reader, Names readerNames, File writer, Names writerNames, Direction direction) {
        ReaderCheck check = new ReaderCheck(new Side(reader, readerNames), new Side(writer, writerNames));
        check.files();
        return check.findings.stream().map(finding -> finding.print(direction)).toList();
    }

    private void files() {
        String readerPackage = reader.file().packageName();
        String writerPackage = writer.file().packageName();
        if (!readerPackage.equals(writerPackage)) {
            findings.add(new Finding(Rule.PACKAGE_CHANGED, "#/", packageOf(readerPackage), packageOf(writerPackage)));
        }
        messages(reader.file(), readerPackage, writer.file(), writerPackage, "#");
    }

    private static String packageOf(String name) {
        return name.isEmpty() ? "" : "package " + name + ";";
    }

    private void messages(Parent read, String readScope, Parent written, String writtenScope, String path) {
        Map<String, Message> known = byName(read);
        Map<String, Message> sent = byName(written);
        sent.forEach((name, message) -> {
            if (!known.containsKey(name)) {
                add(Rule.MESSAGE_REMOVED, path + "/" + name, null, message);
            }
        });
        sent.forEach((name, message) -> {
            Message same = known.get(name);
            if (same != null) {
                compare(
                        new Scoped(same, Names.within(readScope, name)),
                        new Scoped(message, Names.within(writtenScope, name)),
                        path + "/" + name);
            }
        });
    }

    private static Map<String, Message> byName(Parent parent) {
        Map<String, Message> byName = new LinkedHashMap<>();
        for (Message message : parent.all(Message.class)) {
            if (!message.isMapEntry()) {
                byName.putIfAbsent(message.name(), message);
            }
        }
        return byName;
    }

    private void compare(Scoped read, Scoped written, String path) {
        if (depth == MAX_DEPTH
                || findings.size() >= MAX_FINDINGS
                || !compared.add(new Pair(read.scope(), written.scope()))) {
            return;
        }
        depth++;
        Members writtenMembers = Members.of(written);
        fields(read, Members.of(read), written, writtenMembers, path);
        oneofs(read, written, writtenMembers, path);
        groups(read, written, path);
        messages(read.message(), read.scope(), written.message(), written.scope(), path);
        depth--;
    }

    /** The fields of a message by number, and which oneof each is in, if any. */
    private record Members(Map<Integer, Field> top, Map<Integer, Field> all, Map<Integer, String> oneofs) {
        static Members of(Scoped scoped) {
            Map<Integer, Field> top = byNumber(scoped.plainFields());
            Map<Integer, Field> all = new LinkedHashMap<>(top);
            Map<Integer, String> oneofs = new HashMap<>();
            for (Oneof oneof : scoped.message().all(Oneof.class)) {
                byNumber(oneof.fields()).forEach((number, field) -> {
                    all.putIfAbsent(number, field);
                    oneofs.putIfAbsent(number, oneof.name());
                });
            }
            return new Members(top, all, oneofs);
        }

        /** Fields of a oneof are found below its name. */
        String place(String path, int number) {
            String oneof = top.containsKey(number) ? null : oneofs.get(number);
            return oneof == null ? path + "/" + number : path + "/" + oneof + "/" + number;
        }
    }

    private void fields(Scoped read, Members readMembers, Scoped written, Members writtenMembers, String path) {
        writtenMembers.all().forEach((number, sent) -> {
            Field field = readMembers.all().get(number);
            if (field != null) {
                types(field, read.scope(), sent, written.scope(), readMembers.place(path, number));
            } else if (sent.label() == Label.REQUIRED) {
                add(Rule.REQUIRED_FIELD_REMOVED, path + "/" + number, null, sent);
            }
        });
        readMembers.all().forEach((number, field) -> {
            if (field.label() == Label.REQUIRED && !writtenMembers.all().containsKey(number)) {
                add(Rule.REQUIRED_FIELD_ADDED, path + "/" + number, field, null);
            }
        });
    }

    private static Map<Integer, Field> byNumber(List<Field> fields) {
        Map<Integer, Field> byNumber = new LinkedHashMap<>();
        fields.forEach(field -> byNumber.putIfAbsent(field.number(), field));
        return byNumber;
    }

    private void oneofs(Scoped read, Scoped written, Members writtenMembers, String path) {
        Map<String, Oneof> before = new HashMap<>();
        written.message().all(Oneof.class).forEach(oneof -> before.putIfAbsent(oneof.name(), oneof));
        for (Oneof oneof : read.message().all(Oneof.class)) {
            List<Field> moved = oneof.fields().stream()
                    .filter(field -> writtenMembers.top().containsKey(field.number()))
                    .toList();
            Oneof same = before.get(oneof.name());
            String place = path + "/" + oneof.name();
            if (same != null) {
                lost(oneof, same, place);
                if (!moved.isEmpty()) {
                    add(Rule.FIELD_MOVED_TO_EXISTING_ONEOF, place, oneof, same);
                }
            } else if (moved.size() > 1) {
                Field outside = writtenMembers.top().get(moved.get(0).number());
                add(Rule.MULTIPLE_FIELDS_MOVED_TO_ONEOF, place, oneof, outside);
            }
        }
    }

    private void lost(Oneof oneof, Oneof before, String place) {
        Map<Integer, Field> members = byNumber(oneof.fields());
        for (Field sent : before.fields()) {
            if (!members.containsKey(sent.number())) {
                add(Rule.ONEOF_FIELD_REMOVED, place + "/" + sent.number(), null, sent);
            }
        }
    }

    /** Groups are compared with groups only. */
    private void groups(Scoped read, Scoped written, String path) {
        Map<Integer, Field> sent = byNumber(groups(written));
        byNumber(groups(read)).forEach((number, field) -> {
            Field same = sent.get(number);
            Message group = field.group();
            Message sentGroup = same == null ? null : same.group();
            if (group != null && sentGroup != null) {
                compare(
                        new Scoped(group, Names.within(read.scope(), group.name())),
                        new Scoped(sentGroup, Names.within(written.scope(), sentGroup.name())),
                        path + "/" + number);
            }
        });
    }

    private static List<Field> groups(Scoped scoped) {
        return scoped.message().all(Field.class).stream()
                .filter(field -> field.group() != null)
                .toList();
    }

    /** What a field's type comes to. */
    private record Meaning(
            Kind kind, FieldDescriptorProto.@Nullable Type scalar, Names.@Nullable Found message, String name) {}

    private enum Kind {
        SCALAR,
        MAP,
        MESSAGE
    }

    private void types(Field field, String readScope, Field sent, String writtenScope, String path) {
        Field readMap = mapOf(field, readScope, reader);
        Field writtenMap = mapOf(sent, writtenScope, writer);
        if (readMap != null && writtenMap != null) {
            parts(readMap, readScope, writtenMap, writtenScope, path);
            return;
        }
        Meaning read = meaning(field, readMap, readScope, reader);
        Meaning written = meaning(sent, writtenMap, writtenScope, writer);
        if (read.kind() != written.kind()) {
            add(Rule.FIELD_KIND_CHANGED, path, field, sent);
        } else if (read.kind() == Kind.MESSAGE) {
            named(read, written, field, sent, path);
        } else if (read.scalar() != null && written.scalar() != null) {
            scalars(read.scalar(), written.scalar(), field, sent, path);
        }
    }

    private static @Nullable Field mapOf(Field field, String scope, Side side) {
        if (field.isMap()) {
            return field;
        }
        Names.Found type = Scalars.isScalar(field.type()) ? null : side.names().find(field.type(), scope);
        return type == null ? null : MapEntries.of(field, type).orElse(null);
    }

    /** The keys and the values of a map, each like a field of its own. */
    private void parts(Field readMap, String readScope, Field writtenMap, String writtenScope, String path) {
        types(part(readMap, readMap.mapKey()), readScope, part(writtenMap, writtenMap.mapKey()), writtenScope, path);
        types(part(readMap, readMap.type()), readScope, part(writtenMap, writtenMap.type()), writtenScope, path);
    }

    private static Field part(Field map, @Nullable String type) {
        return new Field(null, String.valueOf(type), null, map.name(), map.number(), List.of(), null);
    }

    private static Meaning meaning(Field field, @Nullable Field map, String scope, Side side) {
        if (map != null) {
            return new Meaning(Kind.MAP, null, null, "");
        }
        FieldDescriptorProto.Type scalar = Scalars.find(field.type());
        if (scalar != null) {
            return new Meaning(Kind.SCALAR, scalar, null, "");
        }
        Names.Found type = side.names().find(field.type(), scope);
        if (type != null && type.type() instanceof EnumType) {
            return new Meaning(Kind.SCALAR, FieldDescriptorProto.Type.TYPE_ENUM, null, "");
        }
        return type == null
                ? new Meaning(
                        Kind.MESSAGE,
                        null,
                        null,
                        field.type().substring(field.type().lastIndexOf('.') + 1))
                : new Meaning(Kind.MESSAGE, null, type, type.localName());
    }

    private void scalars(
            FieldDescriptorProto.Type read, FieldDescriptorProto.Type written, Field field, Field sent, String path) {
        if (family(read) != family(written)) {
            add(Rule.FIELD_SCALAR_KIND_CHANGED, path, field, sent);
        } else if (field.label() != null
                && sent.label() != null
                && field.label() != sent.label()
                && family(read) != FieldDescriptorProto.Type.TYPE_STRING) {
            add(Rule.FIELD_NUMERIC_LABEL_CHANGED, path, field, sent);
        }
    }

    /** One of the types that are alike on the wire. */
    private static FieldDescriptorProto.Type family(FieldDescriptorProto.Type scalar) {
        return switch (scalar) {
            case TYPE_INT64, TYPE_UINT32, TYPE_UINT64, TYPE_BOOL, TYPE_ENUM -> FieldDescriptorProto.Type.TYPE_INT32;
            case TYPE_SINT64 -> FieldDescriptorProto.Type.TYPE_SINT32;
            case TYPE_BYTES -> FieldDescriptorProto.Type.TYPE_STRING;
            case TYPE_SFIXED32 -> FieldDescriptorProto.Type.TYPE_FIXED32;
            case TYPE_SFIXED64 -> FieldDescriptorProto.Type.TYPE_FIXED64;
            default -> scalar;
        };
    }

    /** Those of the file itself are compared where they are defined; imported ones here. */
    @SuppressWarnings("ReferenceEquality") // What is imported may say the same.
    private void named(Meaning read, Meaning written, Field field, Field sent, String path) {
        if (!read.name().equals(written.name())) {
            add(Rule.FIELD_NAMED_TYPE_CHANGED, path, field, sent);
            return;
        }
        Names.Found type = read.message();
        Names.Found before = written.message();
        if (type != null
                && before != null
                && type.type() instanceof Message message
                && before.type() instanceof Message sentMessage
                && (type.file() != reader.file() || before.file() != writer.file())
                && !message.equals(sentMessage)) {
            compare(new Scoped(message, type.fullName()), new Scoped(sentMessage, before.fullName()), path);
        }
    }

    private void add(Rule rule, String path, @Nullable Element read, @Nullable Element written) {
        if (findings.size() < MAX_FINDINGS) {
            findings.add(new Finding(rule, path, ProtoPrinter.summary(read), ProtoPrinter.summary(written)));
        }
    }
}
