package io.concordat.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordException;
import io.concordat.protobuf.Tree.File;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads messages of any type that a file defines, as their indexes say. */
final class MessageReader implements RecordCodec.Reader {
    private final Type[] types;

    /** @param parsers what reads messages of a type, by its full name; asked once for each type that is met */
    MessageReader(File file, Function<String, Parser<? extends Message>> parsers) {
        types = types(file.messages(), file.packageName(), parsers);
    }

    private static Type[] types(
            List<Tree.Message> messages, String scope, Function<String, Parser<? extends Message>> parsers) {
        return messages.stream()
                .map(message -> {
                    String name = Names.within(scope, message.name());
                    return new Type(name, types(message.messages(), name, parsers), parsers);
                })
                .toArray(Type[]::new);
    }

    @Override
    public Object read(ByteBuffer bytes) {
        Type type = type(bytes);
        try {
            Message message = parse(type.parser(), bytes);
            bytes.position(bytes.limit());
            return message;
        } catch (InvalidProtocolBufferException e) {
            throw new RecordException("The record is no message '" + type.name + "': " + e.getMessage(), e);
        }
    }

    private static Message parse(Parser<? extends Message> parser, ByteBuffer bytes)
            throws InvalidProtocolBufferException {
        return bytes.hasArray()
                ? parser.parseFrom(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining())
                : parser.parseFrom(bytes);
    }

    private Type type(ByteBuffer bytes) {
        if (bytes.hasRemaining() && bytes.get(bytes.position()) == 0) {
            bytes.position(bytes.position() + 1); // Nearly always.
            return at(0, types);
        }
        int more = MessageIndexes.readCount(bytes);
        if (more == 0) {
            return at(0, types);
        }
        Type type = at(MessageIndexes.readVarint(bytes), types);
        while (--more > 0) {
            type = at(MessageIndexes.readVarint(bytes), type.nested);
        }
        return type;
    }

    private static Type at(int index, Type[] types) {
        if (index < 0 || index >= types.length) {
            throw new RecordException(
                    "The record is of message " + index + " where the schema defines " + types.length + " of them");
        }
        return types[index];
    }

    /** A message of the file. */
    private static final class Type {
        private final String name;
        private final Type[] nested;
        private final Function<String, Parser<? extends Message>> parsers;
        private volatile @Nullable Parser<? extends Message> parser;

        Type(String name, Type[] nested, Function<String, Parser<? extends Message>> parsers) {
            this.name = name;
            this.nested = nested;
            this.parsers = parsers;
        }

        Parser<? extends Message> parser() {
            Parser<? extends Message> known = parser;
            if (known == null) {
                known = parsers.apply(name);
                parser = known;
            }
            return known;
        }
    }

    /** The message of that full name, or null. */
    static @Nullable Descriptor find(ProtobufSchema schema, String fullName) {
        String prefix =
                schema.file().packageName().isEmpty() ? "" : schema.file().packageName() + ".";
        if (!fullName.startsWith(prefix)) {
            return null;
        }
        Descriptor found = null;
        for (String name : fullName.substring(prefix.length()).split("\\.", -1)) {
            found = found == null ? schema.descriptor().findMessageTypeByName(name) : found.findNestedTypeByName(name);
            if (found == null) {
                return null;
            }
        }
        return found;
    }
}
