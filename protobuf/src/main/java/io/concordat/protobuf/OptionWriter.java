package io.concordat.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.UninterpretedOption;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.concordat.protobuf.Tree.Block;
import io.concordat.protobuf.Tree.Entry;
import io.concordat.protobuf.Tree.NamePart;
import io.concordat.protobuf.Tree.Option;
import io.concordat.protobuf.Tree.Text;
import io.concordat.protobuf.Tree.Value;
import io.concordat.protobuf.Tree.Values;
import io.concordat.protobuf.Tree.Word;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Options of a text as a descriptor has them. What cannot be understood is kept as the text has it: nothing depends on the
 * options that others have invented.
 */
final class OptionWriter {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9].*");

    private final Extensions extensions;

    /** Finds extensions. */
    @FunctionalInterface
    interface Extensions {
        Extensions NONE = (name, scope) -> null;

        /** What a name means in a scope, or null. */
        @Nullable
        FieldDescriptor find(String name, String scope);
    }

    /** An option that makes no sense. */
    private static final class Misfit extends Exception {
        private static final long serialVersionUID = 1L;

        Misfit(String message) {
            super(message, null, false, false);
        }
    }

    OptionWriter(Extensions extensions) {
        this.extensions = extensions;
    }

    /** Adds options to a message made for them. */
    void write(List<Option> options, String scope, Message.Builder target) {
        DynamicMessage.Builder all = DynamicMessage.newBuilder(target.getDescriptorForType());
        FieldDescriptor uninterpreted = target.getDescriptorForType().findFieldByName("uninterpreted_option");
        for (Option option : options) {
            try {
                DynamicMessage.Builder one = DynamicMessage.newBuilder(target.getDescriptorForType());
                set(one, option.name(), option.value(), scope);
                all.mergeFrom(one.buildPartial());
            } catch (Misfit | IllegalArgumentException e) {
                all.addRepeatedField(uninterpreted, uninterpreted(option));
            }
        }
        try {
            target.mergeFrom(all.buildPartial().toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("What was just written cannot be read", e);
        }
    }

    private void set(Message.Builder target, List<NamePart> name, Value value, String scope) throws Misfit {
        NamePart part = name.get(0);
        FieldDescriptor field = part.extension()
                ? extensions.find(part.name(), scope)
                : target.getDescriptorForType().findFieldByName(part.name());
        if (field == null || field.getContainingType() != target.getDescriptorForType()) {
            throw new Misfit("no option '" + part.name() + "'");
        }
        if (name.size() == 1) {
            put(target, field, value, scope);
        } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated()) {
            Message.Builder inner = DynamicMessage.newBuilder(field.getMessageType());
            set(inner, name.subList(1, name.size()), value, scope);
            target.setField(field, inner.buildPartial());
        } else {
            throw new Misfit("option '" + part.name() + "' has no parts");
        }
    }

    private void put(Message.Builder target, FieldDescriptor field, Value value, String scope) throws Misfit {
        if (field.isRepeated()) {
            for (Value each : value instanceof Values values ? values.values() : List.of(value)) {
                target.addRepeatedField(field, single(field, each, scope));
            }
        } else {
            target.setField(field, single(field, value, scope));
        }
    }

    private Object single(FieldDescriptor field, Value value, String scope) throws Misfit {
        try {
            return switch (field.getJavaType()) {
                case STRING -> text(value).toStringUtf8();
                case BYTE_STRING -> text(value);
                case BOOLEAN -> bool(word(value));
                case ENUM -> enumValue(field, word(value));
                case INT -> (int) Literals.integer(word(value), bits(field), unsigned(field));
                case LONG -> Literals.integer(word(value), bits(field), unsigned(field));
                case FLOAT -> (float) Literals.floating(word(value));
                case DOUBLE -> Literals.floating(word(value));
                case MESSAGE -> message(field.getMessageType(), value, scope);
            };
        } catch (NumberFormatException e) {
            throw new Misfit("no number: " + word(value));
        }
    }

    private static int bits(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.INT ? 32 : 64;
    }

    private static boolean unsigned(FieldDescriptor field) {
        return switch (field.getType()) {
            case UINT32, UINT64, FIXED32, FIXED64 -> true;
            default -> false;
        };
    }

    private static ByteString text(Value value) throws Misfit {
        if (value instanceof Text text) {
            return text.bytes();
        }
        throw new Misfit("no text");
    }

    private static String word(Value value) throws Misfit {
        if (value instanceof Word word) {
            return word.word();
        }
        throw new Misfit("no word or number");
    }

    private static boolean bool(String word) throws Misfit {
        return switch (word) {
            case "true", "True", "t", "1" -> true;
            case "false", "False", "f", "0" -> false;
            default -> throw new Misfit("neither true nor false");
        };
    }

    private static EnumValueDescriptor enumValue(FieldDescriptor field, String word) throws Misfit {
        EnumValueDescriptor value = INTEGER.matcher(word).matches()
                ? field.getEnumType().findValueByNumber(Integer.decode(word))
                : field.getEnumType().findValueByName(word);
        if (value == null) {
            throw new Misfit("no value '" + word + "'");
        }
        return value;
    }

    private Message message(Descriptor type, Value value, String scope) throws Misfit {
        if (!(value instanceof Block block)) {
            throw new Misfit("no message");
        }
        Message.Builder message = DynamicMessage.newBuilder(type);
        for (Entry entry : block.entries()) {
            FieldDescriptor field = field(type, entry.name(), scope);
            if (field == null || field.getContainingType() != type) {
                throw new Misfit("no field '" + entry.name() + "'");
            }
            put(message, field, entry.value(), scope);
        }
        return message.buildPartial();
    }

    private @Nullable FieldDescriptor field(Descriptor type, String name, String scope) {
        if (name.startsWith("[")) {
            return extensions.find(name.substring(1, name.length() - 1), scope);
        }
        FieldDescriptor field = type.findFieldByName(name);
        return field != null
                ? field
                : type.getFields().stream()
                        .filter(each -> each.getType() == FieldDescriptor.Type.GROUP
                                && each.getMessageType().getName().equals(name))
                        .findFirst()
                        .orElse(null);
    }

    private static UninterpretedOption uninterpreted(Option option) {
        UninterpretedOption.Builder kept = UninterpretedOption.newBuilder();
        option.name()
                .forEach(part -> kept.addName(UninterpretedOption.NamePart.newBuilder()
                        .setNamePart(part.name())
                        .setIsExtension(part.extension())));
        if (option.value() instanceof Text text) {
            kept.setStringValue(text.bytes());
        } else if (option.value() instanceof Word word) {
            keepWord(word.word(), kept);
        } else if (option.value() instanceof Block block) {
            kept.setAggregateValue(
                    block.entries().stream().map(ProtoPrinter::print).collect(Collectors.joining(" ")));
        } else {
            kept.setAggregateValue(ProtoPrinter.print(option.value()));
        }
        return kept.build();
    }

    private static void keepWord(String word, UninterpretedOption.Builder kept) {
        if (!INTEGER.matcher(word).matches()) {
            kept.setIdentifierValue(word);
            return;
        }
        try {
            if (word.startsWith("-")) {
                kept.setNegativeIntValue(Literals.integer(word, 64, false));
            } else {
                kept.setPositiveIntValue(Literals.integer(word, 64, true));
            }
        } catch (NumberFormatException e) {
            kept.setDoubleValue(Literals.floating(word));
        }
    }
}
