package io.concordat.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.UninterpretedOption;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.protobuf.Tree.Block;
import io.concordat.protobuf.Tree.Entry;
import io.concordat.protobuf.Tree.NamePart;
import io.concordat.protobuf.Tree.Option;
import io.concordat.protobuf.Tree.Text;
import io.concordat.protobuf.Tree.Value;
import io.concordat.protobuf.Tree.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Options of a descriptor as a text has them. */
final class OptionText {
    private static final String UNINTERPRETED = "uninterpreted_option";

    private final ExtensionRegistry extensions = ExtensionRegistry.newInstance();

    /** @param extensions the options that are kept besides the language's own */
    OptionText(List<FieldDescriptor> extensions) {
        extensions.forEach(
                option -> this.extensions.add(option, DynamicMessage.getDefaultInstance(option.getMessageType())));
    }

    List<Option> of(Message options) {
        List<Option> texts = new ArrayList<>();
        withExtensions(options).getAllFields().forEach((field, value) -> {
            if (field.getName().equals(UNINTERPRETED)) {
                ((List<?>) value).forEach(each -> texts.add(uninterpreted((Message) each)));
            } else {
                NamePart name = field.isExtension()
                        ? new NamePart(field.getFullName(), true)
                        : new NamePart(field.getName(), false);
                each(field, value, one -> texts.add(new Option(List.of(name), one)));
            }
        });
        return texts;
    }

    private Message withExtensions(Message options) {
        try {
            return DynamicMessage.parseFrom(options.getDescriptorForType(), options.toByteString(), extensions);
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidSchemaException("Options that cannot be read: " + e.getMessage(), e);
        }
    }

    private interface Each {
        void accept(Value value);
    }

    private static void each(FieldDescriptor field, Object value, Each each) {
        if (field.isRepeated()) {
            ((List<?>) value).forEach(one -> each.accept(text(field, one)));
        } else {
            each.accept(text(field, value));
        }
    }

    private static Value text(FieldDescriptor field, Object value) {
        return switch (field.getJavaType()) {
            case STRING -> Text.of((String) value);
            case BYTE_STRING -> new Text((ByteString) value);
            case ENUM -> new Word(((EnumValueDescriptor) value).getName());
            case MESSAGE -> block((Message) value);
            default -> new Word(String.valueOf(value));
        };
    }

    private static Block block(Message message) {
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<FieldDescriptor, Object> set : message.getAllFields().entrySet()) {
            FieldDescriptor field = set.getKey();
            String name = field.isExtension() ? "[" + field.getFullName() + "]" : field.getName();
            each(field, set.getValue(), value -> entries.add(new Entry(name, value)));
        }
        return new Block(entries);
    }

    private static Option uninterpreted(Message message) {
        try {
            UninterpretedOption option = UninterpretedOption.parseFrom(message.toByteString());
            List<NamePart> name = option.getNameList().stream()
                    .map(part -> new NamePart(part.getNamePart(), part.getIsExtension()))
                    .toList();
            return new Option(name, value(option));
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidSchemaException("An option that cannot be read: " + e.getMessage(), e);
        }
    }

    private static Value value(UninterpretedOption option) {
        if (option.hasStringValue()) {
            return new Text(option.getStringValue());
        }
        if (option.hasAggregateValue()) {
            return ProtoParser.parseBlock(option.getAggregateValue());
        }
        if (option.hasPositiveIntValue()) {
            return new Word(Long.toUnsignedString(option.getPositiveIntValue()));
        }
        if (option.hasNegativeIntValue()) {
            return new Word(Long.toString(option.getNegativeIntValue()));
        }
        return new Word(
                option.hasDoubleValue() ? Double.toString(option.getDoubleValue()) : option.getIdentifierValue());
    }
}
