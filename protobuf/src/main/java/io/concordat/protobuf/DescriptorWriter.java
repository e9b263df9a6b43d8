package io.concordat.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.TextFormat;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.protobuf.Tree.Element;
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
import io.concordat.protobuf.Tree.Oneof;
import io.concordat.protobuf.Tree.Option;
import io.concordat.protobuf.Tree.Parent;
import io.concordat.protobuf.Tree.Range;
import io.concordat.protobuf.Tree.Reserved;
import io.concordat.protobuf.Tree.Service;
import io.concordat.protobuf.Tree.Syntax;
import io.concordat.protobuf.Tree.Text;
import io.concordat.protobuf.Tree.Value;
import io.concordat.protobuf.Tree.Word;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The descriptor of a file: linked, as the compiler makes it; or as the text says, where nothing is added, and names of types
 * stand as they are written unless they only mean something where they stand. For one file.
 */
final class DescriptorWriter {
    private final File file;
    private final Names names;
    private final boolean linked;
    private final OptionWriter options;
    private final Set<File> used = Collections.newSetFromMap(new IdentityHashMap<>());

    private DescriptorWriter(File file, Names names, boolean linked, OptionWriter options) {
        this.file = file;
        this.names = names;
        this.linked = linked;
        this.options = options;
    }

    static DescriptorWriter linked(File file, Names names, OptionWriter options) {
        return new DescriptorWriter(file, names, true, options);
    }

    static DescriptorWriter asWritten(File file, Names names) {
        return new DescriptorWriter(file, names, false, new OptionWriter(OptionWriter.Extensions.NONE));
    }

    /** The files whose types the written one uses. */
    Set<File> used() {
        return used;
    }

    /**
     * @param name the file's
     * @param imports those that count
     * @throws InvalidSchemaException if it is to be linked, and a type is not known
     */
    FileDescriptorProto write(String name, List<Import> imports) {
        FileDescriptorProto.Builder out = FileDescriptorProto.newBuilder().setName(name);
        if (!file.packageName().isEmpty()) {
            out.setPackage(file.packageName());
        }
        for (int i = 0; i < imports.size(); i++) {
            out.addDependency(imports.get(i).path());
            switch (imports.get(i).kind()) {
                case PUBLIC -> out.addPublicDependency(i);
                case WEAK -> out.addWeakDependency(i);
                case PLAIN -> {}
            }
        }
        if (file.syntax() == Syntax.PROTO3) {
            out.setSyntax("proto3");
        } else if (file.syntax() == Syntax.EDITION_2023) {
            out.setSyntax("editions").setEdition(Edition.EDITION_2023);
        }
        if (!file.options().isEmpty()) {
            options.write(file.options(), file.packageName(), out.getOptionsBuilder());
        }
        file.elements().forEach(element -> topLevel(element, out));
        return out.build();
    }

    private void topLevel(Element element, FileDescriptorProto.Builder out) {
        String scope = file.packageName();
        if (element instanceof Message message) {
            out.addMessageType(message(message, scope));
        } else if (element instanceof EnumType type) {
            out.addEnumType(enumType(type, scope));
        } else if (element instanceof Extend extend) {
            for (Field field : extend.all(Field.class)) {
                out.addExtension(extension(extend, field, scope));
                if (field.group() != null) {
                    out.addMessageType(message(field.group(), scope));
                }
            }
        } else if (element instanceof Service service) {
            out.addService(service(service, scope));
        }
    }

    private FieldDescriptorProto.Builder extension(Extend extend, Field field, String scope) {
        return field(field, scope).setExtendee(type(extend.type(), scope));
    }

    private DescriptorProto message(Message message, String around) {
        String scope = Names.within(around, message.name());
        DescriptorProto.Builder out = DescriptorProto.newBuilder().setName(message.name());
        if (!message.options().isEmpty()) {
            options.write(message.options(), scope, out.getOptionsBuilder());
        }
        message.elements().forEach(element -> within(element, scope, out));
        explicitPresence(out);
        return out.build();
    }

    private void within(Element element, String scope, DescriptorProto.Builder out) {
        if (element instanceof Field field) {
            addField(field, scope, out, field(field, scope));
        } else if (element instanceof Oneof oneof) {
            oneof(oneof, scope, out);
        } else if (element instanceof Message nested) {
            out.addNestedType(message(nested, scope));
        } else if (element instanceof EnumType type) {
            out.addEnumType(enumType(type, scope));
        } else if (element instanceof Extend extend) {
            for (Field field : extend.all(Field.class)) {
                out.addExtension(extension(extend, field, scope));
                if (field.group() != null) {
                    out.addNestedType(message(field.group(), scope));
                }
            }
        } else if (element instanceof Reserved reserved) {
            out.addAllReservedName(reserved.names());
            for (Range range : reserved.ranges()) {
                out.addReservedRangeBuilder().setStart(range.start()).setEnd(range.end() + 1);
            }
        } else if (element instanceof Extensions extensions) {
            extensions(extensions, scope, out);
        }
    }

    private void extensions(Extensions extensions, String scope, DescriptorProto.Builder out) {
        for (Range range : extensions.ranges()) {
            var written = out.addExtensionRangeBuilder().setStart(range.start()).setEnd(range.end() + 1);
            if (!extensions.options().isEmpty()) {
                options.write(extensions.options(), scope, written.getOptionsBuilder());
            }
        }
    }

    private void addField(
            Field field, String scope, DescriptorProto.Builder out, FieldDescriptorProto.Builder written) {
        if (field.group() != null) {
            out.addNestedType(message(field.group(), scope));
        } else if (field.mapKey() != null) {
            out.addNestedType(entry(field, field.mapKey(), scope));
        }
        out.addField(written);
    }

    private void oneof(Oneof oneof, String scope, DescriptorProto.Builder out) {
        int index = out.getOneofDeclCount();
        OneofDescriptorProto.Builder declared = out.addOneofDeclBuilder().setName(oneof.name());
        if (!oneof.options().isEmpty()) {
            options.write(oneof.options(), scope, declared.getOptionsBuilder());
        }
        for (Field field : oneof.fields()) {
            addField(field, scope, out, field(field, scope).setOneofIndex(index));
        }
    }

    /** Each field of proto3 that is explicitly optional gets a oneof of its own, after the others. */
    private static void explicitPresence(DescriptorProto.Builder out) {
        Set<String> taken = new HashSet<>();
        out.getFieldList().forEach(field -> taken.add(field.getName()));
        out.getOneofDeclList().forEach(oneof -> taken.add(oneof.getName()));
        for (FieldDescriptorProto.Builder field : out.getFieldBuilderList()) {
            if (field.getProto3Optional()) {
                field.setOneofIndex(out.getOneofDeclCount());
                out.addOneofDeclBuilder().setName(oneofName(field.getName(), taken));
            }
        }
    }

    private static String oneofName(String fieldName, Set<String> taken) {
        String name = fieldName.startsWith("_") ? fieldName : "_" + fieldName;
        while (!taken.add(name)) {
            name = "X" + name;
        }
        return name;
    }

    private DescriptorProto entry(Field map, String keyType, String scope) {
        Field key = new Field(null, keyType, null, "key", 1, List.of(), null);
        Field value = new Field(null, map.type(), null, "value", 2, List.of(), null);
        return DescriptorProto.newBuilder()
                .setName(MapEntries.entryName(map.name()))
                .addField(field(key, scope).setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL))
                .addField(field(value, scope).setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL))
                .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                .build();
    }

    private FieldDescriptorProto.Builder field(Field field, String scope) {
        FieldDescriptorProto.Builder out =
                FieldDescriptorProto.newBuilder().setName(field.name()).setNumber(field.number());
        label(field, out);
        fieldType(field, scope, out);
        List<Option> rest = new ArrayList<>(field.options());
        field.option("default").ifPresent(option -> {
            rest.remove(option);
            out.setDefaultValue(defaultValue(out.getType(), option.value()));
        });
        if (linked) {
            out.setJsonName(jsonName(field.name()));
        }
        field.option("json_name").ifPresent(option -> {
            rest.remove(option);
            if (option.value() instanceof Text text) {
                out.setJsonName(text.bytes().toStringUtf8());
            }
        });
        if (!rest.isEmpty()) {
            options.write(rest, scope, out.getOptionsBuilder());
        }
        return out;
    }

    private void label(Field field, FieldDescriptorProto.Builder out) {
        if (field.isMap() || field.label() == Label.REPEATED) {
            out.setLabel(FieldDescriptorProto.Label.LABEL_REPEATED);
        } else if (field.label() == Label.REQUIRED) {
            out.setLabel(FieldDescriptorProto.Label.LABEL_REQUIRED);
        } else if (field.label() == Label.OPTIONAL || linked) {
            out.setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
        }
        if (field.label() == Label.OPTIONAL && file.syntax() == Syntax.PROTO3) {
            out.setProto3Optional(true);
        }
    }

    private void fieldType(Field field, String scope, FieldDescriptorProto.Builder out) {
        FieldDescriptorProto.Type scalar = Scalars.find(field.type());
        if (field.isMap()) {
            String entry = MapEntries.entryName(field.name());
            out.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName("." + Names.within(scope, entry));
        } else if (field.group() != null) {
            out.setType(FieldDescriptorProto.Type.TYPE_GROUP).setTypeName(type(field.type(), scope));
        } else if (scalar != null) {
            out.setType(scalar);
        } else {
            out.setTypeName(type(field.type(), scope));
            Names.Found type = names.find(field.type(), scope);
            if (type != null) {
                out.setType(
                        type.type() instanceof EnumType
                                ? FieldDescriptorProto.Type.TYPE_ENUM
                                : FieldDescriptorProto.Type.TYPE_MESSAGE);
            }
        }
    }

    private String type(String name, String scope) {
        if (linked) {
            Names.Found found = names.require(name, scope);
            used.add(found.file());
            return "." + found.fullName();
        }
        Names.Found found = names.find(name, scope);
        if (found == null || name.startsWith(".") || name.equals(found.fullName())) {
            return name;
        }
        return "." + found.fullName();
    }

    private static String defaultValue(FieldDescriptorProto.Type type, Value value) {
        if (value instanceof Text text) {
            return type == FieldDescriptorProto.Type.TYPE_BYTES
                    ? TextFormat.escapeBytes(text.bytes())
                    : text.bytes().toStringUtf8();
        }
        String word = value instanceof Word found ? found.word() : "";
        try {
            return switch (type) {
                case TYPE_INT32, TYPE_SINT32, TYPE_SFIXED32 -> Long.toString(Literals.integer(word, 32, false));
                case TYPE_INT64, TYPE_SINT64, TYPE_SFIXED64 -> Long.toString(Literals.integer(word, 64, false));
                case TYPE_UINT32, TYPE_FIXED32 -> Integer.toUnsignedString((int) Literals.integer(word, 32, true));
                case TYPE_UINT64, TYPE_FIXED64 -> Long.toUnsignedString(Literals.integer(word, 64, true));
                case TYPE_FLOAT -> Literals.print((float) Literals.floating(word));
                case TYPE_DOUBLE -> Literals.print(Literals.floating(word));
                default -> word;
            };
        } catch (NumberFormatException e) {
            return word;
        }
    }

    private static String jsonName(String fieldName) {
        StringBuilder name = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < fieldName.length(); i++) {
            char c = fieldName.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                name.append(upper ? MapEntries.asciiUpper(c) : c);
                upper = false;
            }
        }
        return name.toString();
    }

    private EnumDescriptorProto enumType(EnumType type, String around) {
        String scope = Names.within(around, type.name());
        EnumDescriptorProto.Builder out = EnumDescriptorProto.newBuilder().setName(type.name());
        if (!type.options().isEmpty()) {
            options.write(type.options(), scope, out.getOptionsBuilder());
        }
        for (EnumValue value : type.all(EnumValue.class)) {
            var written = out.addValueBuilder().setName(value.name()).setNumber(value.number());
            if (!value.options().isEmpty()) {
                options.write(value.options(), scope, written.getOptionsBuilder());
            }
        }
        for (Reserved reserved : type.all(Reserved.class)) {
            out.addAllReservedName(reserved.names());
            for (Range range : reserved.ranges()) {
                out.addReservedRangeBuilder().setStart(range.start()).setEnd(range.end());
            }
        }
        return out.build();
    }

    private ServiceDescriptorProto service(Service service, String around) {
        String scope = Names.within(around, service.name());
        ServiceDescriptorProto.Builder out = ServiceDescriptorProto.newBuilder().setName(service.name());
        if (!service.options().isEmpty()) {
            options.write(service.options(), scope, out.getOptionsBuilder());
        }
        for (Method method : service.all(Method.class)) {
            MethodDescriptorProto.Builder written = out.addMethodBuilder()
                    .setName(method.name())
                    .setInputType(type(method.input(), scope))
                    .setOutputType(type(method.output(), scope));
            if (method.inputStreams()) {
                written.setClientStreaming(true);
            }
            if (method.outputStreams()) {
                written.setServerStreaming(true);
            }
            if (method.block()) {
                options.write(method.options(), scope, written.getOptionsBuilder());
            }
        }
        return out.build();
    }

    /** Whether anything in the file has an option that is an extension. */
    static boolean hasCustomOptions(File file) {
        return anyCustom(file);
    }

    private static boolean anyCustom(Parent parent) {
        return parent.elements().stream().anyMatch(DescriptorWriter::anyCustom);
    }

    private static boolean anyCustom(Element element) {
        if (element instanceof Option option) {
            return option.isCustom();
        }
        if (element instanceof Field field) {
            return anyCustom(field.options()) || (field.group() != null && anyCustom((Parent) field.group()));
        }
        if (element instanceof EnumValue value) {
            return anyCustom(value.options());
        }
        if (element instanceof Extensions extensions) {
            return anyCustom(extensions.options());
        }
        if (element instanceof Method method) {
            return anyCustom(method.options());
        }
        return element instanceof Parent parent && anyCustom(parent);
    }

    private static boolean anyCustom(List<Option> options) {
        return options.stream().anyMatch(Option::isCustom);
    }
}
