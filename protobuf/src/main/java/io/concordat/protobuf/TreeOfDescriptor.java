package io.concordat.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.TextFormat;
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
import io.concordat.protobuf.Tree.Range;
import io.concordat.protobuf.Tree.Reserved;
import io.concordat.protobuf.Tree.Service;
import io.concordat.protobuf.Tree.Syntax;
import io.concordat.protobuf.Tree.Text;
import io.concordat.protobuf.Tree.Value;
import io.concordat.protobuf.Tree.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The file that a descriptor was made from, as existing registries write it: names of types are full ones, map fields stay the
 * repeated messages they stand for, and of the options that are extensions only the registry's own are kept. Groups stay
 * groups.
 */
final class TreeOfDescriptor {
    /** Bytes that existing registries write without quotes, and that can be read again that way. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Syntax syntax;
    private final OptionText optionText;

    private TreeOfDescriptor(Syntax syntax, OptionText optionText) {
        this.syntax = syntax;
        this.optionText = optionText;
    }

    static File of(FileDescriptorProto file) {
        return of(file, KnownFiles.registryOptions());
    }

    /** @param extensions the options that are kept besides the language's own */
    static File of(FileDescriptorProto file, List<FieldDescriptor> extensions) {
        Syntax syntax = switch (file.getSyntax()) {
            case "proto3" -> Syntax.PROTO3;
            case "editions" -> Syntax.EDITION_2023;
            default -> Syntax.UNSTATED;
        };
        return new TreeOfDescriptor(syntax, new OptionText(extensions)).file(file);
    }

    private File file(FileDescriptorProto file) {
        List<Import> imports = new ArrayList<>();
        Set<Integer> publicOnes = new HashSet<>(file.getPublicDependencyList());
        Set<Integer> weakOnes = new HashSet<>(file.getWeakDependencyList());
        for (int i = 0; i < file.getDependencyCount(); i++) {
            Import.Kind kind = publicOnes.contains(i)
                    ? Import.Kind.PUBLIC
                    : weakOnes.contains(i) ? Import.Kind.WEAK : Import.Kind.PLAIN;
            imports.add(new Import(kind, file.getDependency(i)));
        }
        List<Element> elements = new ArrayList<>(options(file.hasOptions(), file.getOptions()));
        Map<String, Message> groups = new LinkedHashMap<>();
        List<Message> messages = messages(file.getMessageTypeList(), file.getExtensionList(), groups);
        elements.addAll(messages);
        file.getEnumTypeList().forEach(type -> elements.add(enumType(type)));
        elements.addAll(extensions(file.getExtensionList(), groups));
        file.getServiceList().forEach(service -> elements.add(service(service)));
        return new File(syntax, file.getPackage(), imports, elements);
    }

    /** The messages of a scope, without those that are groups of its fields: these are put aside by name. */
    private List<Message> messages(
            List<DescriptorProto> types, List<FieldDescriptorProto> fields, Map<String, Message> groups) {
        Set<String> groupNames = fields.stream()
                .filter(field -> field.getType() == FieldDescriptorProto.Type.TYPE_GROUP)
                .map(TreeOfDescriptor::localName)
                .collect(Collectors.toSet());
        List<Message> messages = new ArrayList<>();
        for (DescriptorProto type : types) {
            Message message = message(type);
            if (groupNames.contains(type.getName())) {
                groups.put(type.getName(), message);
            } else {
                messages.add(message);
            }
        }
        return messages;
    }

    private static String localName(FieldDescriptorProto field) {
        return field.getTypeName().substring(field.getTypeName().lastIndexOf('.') + 1);
    }

    private Message message(DescriptorProto type) {
        List<Element> elements = new ArrayList<>();
        type.getReservedRangeList()
                .forEach(range -> elements.add(
                        new Reserved(List.of(new Range(range.getStart(), range.getEnd() - 1)), List.of())));
        type.getReservedNameList().forEach(name -> elements.add(new Reserved(List.of(), List.of(name))));
        elements.addAll(options(type.hasOptions(), type.getOptions()));
        List<FieldDescriptorProto> fieldsAndExtensions = new ArrayList<>(type.getFieldList());
        fieldsAndExtensions.addAll(type.getExtensionList());
        Map<String, Message> groups = new LinkedHashMap<>();
        List<Message> messages = messages(type.getNestedTypeList(), fieldsAndExtensions, groups);
        elements.addAll(fields(type, groups));
        type.getExtensionRangeList()
                .forEach(range -> elements.add(new Extensions(
                        List.of(new Range(range.getStart(), range.getEnd() - 1)),
                        options(range.hasOptions(), range.getOptions()))));
        elements.addAll(extensions(type.getExtensionList(), groups));
        elements.addAll(messages);
        type.getEnumTypeList().forEach(nested -> elements.add(enumType(nested)));
        return new Message(type.getName(), elements);
    }

    private List<Element> fields(DescriptorProto type, Map<String, Message> groups) {
        List<Element> fields = new ArrayList<>();
        Map<Integer, List<Element>> oneofs = new LinkedHashMap<>();
        for (FieldDescriptorProto field : type.getFieldList()) {
            boolean within = field.hasOneofIndex() && !field.getProto3Optional();
            if (within) {
                oneofs.computeIfAbsent(field.getOneofIndex(), index -> new ArrayList<>())
                        .add(field(field, true, groups));
            } else {
                fields.add(field(field, false, groups));
            }
        }
        oneofs.forEach((index, members) -> {
            if (index >= 0 && index < type.getOneofDeclCount()) {
                var oneof = type.getOneofDecl(index);
                List<Element> elements = new ArrayList<>(options(oneof.hasOptions(), oneof.getOptions()));
                elements.addAll(members);
                fields.add(new Oneof(oneof.getName(), elements));
            }
        });
        return fields;
    }

    private Field field(FieldDescriptorProto field, boolean inOneof, Map<String, Message> groups) {
        List<Option> options = new ArrayList<>(options(field.hasOptions(), field.getOptions()));
        if (field.hasDefaultValue()) {
            options.add(Option.of("default", defaultValue(field)));
        }
        if (field.hasJsonName()) {
            options.add(Option.of("json_name", Text.of(field.getJsonName())));
        }
        Label label = inOneof ? null : label(field);
        Message group = field.getType() == FieldDescriptorProto.Type.TYPE_GROUP ? groups.get(localName(field)) : null;
        if (group != null) {
            String name = group.name();
            return new Field(label, name, null, name.toLowerCase(Locale.ROOT), field.getNumber(), options, group);
        }
        return new Field(label, type(field), null, field.getName(), field.getNumber(), options, null);
    }

    private @Nullable Label label(FieldDescriptorProto field) {
        return switch (field.getLabel()) {
            case LABEL_REPEATED -> Label.REPEATED;
            case LABEL_REQUIRED -> Label.REQUIRED;
            case LABEL_OPTIONAL -> syntax.isProto2() || field.getProto3Optional() ? Label.OPTIONAL : null;
        };
    }

    private static String type(FieldDescriptorProto field) {
        return field.hasTypeName()
                ? field.getTypeName()
                : field.getType().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT);
    }

    private static Value defaultValue(FieldDescriptorProto field) {
        String text = field.getDefaultValue();
        if (field.getType() == FieldDescriptorProto.Type.TYPE_STRING) {
            return Text.of(text);
        }
        if (field.getType() != FieldDescriptorProto.Type.TYPE_BYTES
                || PLAIN.matcher(text).matches()) {
            return new Word(text);
        }
        try {
            return new Text(TextFormat.unescapeBytes(text));
        } catch (TextFormat.InvalidEscapeSequenceException e) {
            return new Text(ByteString.copyFromUtf8(text));
        }
    }

    private List<Extend> extensions(List<FieldDescriptorProto> extensions, Map<String, Message> groups) {
        Map<String, List<Element>> byType = new LinkedHashMap<>();
        for (FieldDescriptorProto extension : extensions) {
            byType.computeIfAbsent(extension.getExtendee(), type -> new ArrayList<>())
                    .add(field(extension, false, groups));
        }
        return byType.entrySet().stream()
                .map(extend -> new Extend(extend.getKey(), extend.getValue()))
                .toList();
    }

    private EnumType enumType(EnumDescriptorProto type) {
        List<Element> elements = new ArrayList<>();
        type.getReservedRangeList()
                .forEach(range ->
                        elements.add(new Reserved(List.of(new Range(range.getStart(), range.getEnd())), List.of())));
        type.getReservedNameList().forEach(name -> elements.add(new Reserved(List.of(), List.of(name))));
        elements.addAll(options(type.hasOptions(), type.getOptions()));
        type.getValueList()
                .forEach(value -> elements.add(new EnumValue(
                        value.getName(), value.getNumber(), options(value.hasOptions(), value.getOptions()))));
        return new EnumType(type.getName(), elements);
    }

    private Service service(ServiceDescriptorProto service) {
        List<Element> elements = new ArrayList<>(options(service.hasOptions(), service.getOptions()));
        for (MethodDescriptorProto method : service.getMethodList()) {
            elements.add(new Method(
                    method.getName(),
                    method.getInputType(),
                    method.getClientStreaming(),
                    method.getOutputType(),
                    method.getServerStreaming(),
                    options(method.hasOptions(), method.getOptions()),
                    method.hasOptions()));
        }
        return new Service(service.getName(), elements);
    }

    private List<Option> options(boolean present, com.google.protobuf.Message options) {
        return present ? optionText.of(options) : List.of();
    }
}
