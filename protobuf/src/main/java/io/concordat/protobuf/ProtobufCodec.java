package io.concordat.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.concordat.api.SchemaType;
import io.concordat.api.format.CodecSettings;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.RecordCodec;
import io.concordat.api.format.RecordException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Protocol Buffers, as far as serializers need them: a record is the indexes that say which message of its file it is, and the
 * message.
 *
 * <p>Values are messages, generated or dynamic. They are read into dynamic messages, unless the application names a class, or allows
 * for the class that a schema's options name.
 */
public final class ProtobufCodec implements RecordCodec {
    private final ProtobufSettings settings;

    public ProtobufCodec() {
        this(ProtobufSettings.DEFAULT);
    }

    private ProtobufCodec(ProtobufSettings settings) {
        this.settings = settings;
    }

    @Override
    public SchemaType type() {
        return SchemaType.PROTOBUF;
    }

    @Override
    public Set<String> settingNames() {
        return ProtobufSettings.NAMES;
    }

    @Override
    public ProtobufCodec configured(CodecSettings given) {
        return new ProtobufCodec(ProtobufSettings.of(given));
    }

    @Override
    public boolean carriesSchema(Object value) {
        return value instanceof Message;
    }

    @Override
    public boolean derivesSchemas() {
        return false;
    }

    @Override
    public int typeLength(ByteBuffer record) {
        return MessageIndexes.length(record);
    }

    @Override
    public @Nullable Object schemaKey(Object value) {
        return value instanceof Message message ? message.getDescriptorForType() : null;
    }

    @Override
    public ProtobufSchema schemaOf(Object schemaKey) {
        return ProtobufSchema.of((Descriptor) schemaKey, settings);
    }

    @Override
    public Writer writer(ParsedSchema schema) {
        return new MessageWriter(protobuf(schema).file());
    }

    @Override
    public Reader reader(ParsedSchema writer, Target target) {
        ProtobufSchema written = protobuf(writer);
        ParsedSchema wanted = target.readerSchema();
        ProtobufSchema read = wanted == null ? written : protobuf(wanted);
        return new MessageReader(written.file(), name -> parser(read, name, target));
    }

    private Parser<? extends Message> parser(ProtobufSchema schema, String name, Target target) {
        if (settings.specificType() != null) {
            return GeneratedClasses.parser(settings.specificType());
        }
        Descriptor type = MessageReader.find(schema, name);
        if (type == null) {
            throw new RecordException(
                    "The record is a message '" + name + "', which the schema it is to be read with does not define");
        }
        Parser<? extends Message> generated = generated(type, target);
        return generated != null
                ? generated
                : DynamicMessage.getDefaultInstance(type).getParserForType();
    }

    private @Nullable Parser<? extends Message> generated(Descriptor type, Target target) {
        if (settings.derivesType()) {
            Parser<? extends Message> found = new GeneratedClasses(settings.classLoader()).find(type);
            if (found == null) {
                throw new RecordException(
                        ProtobufSettings.DERIVE_TYPE + " is set, but there is no class for the message '"
                                + type.getFullName() + "': its schema asks for " + askedFor(type));
            }
            return found;
        }
        return target.specific() ? new GeneratedClasses(target.classLoader()).find(type) : null;
    }

    private static String askedFor(Descriptor type) {
        String name = GeneratedClasses.className(type);
        return name == null ? "none by its options" : "'" + name + "'";
    }

    private static ProtobufSchema protobuf(ParsedSchema schema) {
        if (schema instanceof ProtobufSchema protobuf) {
            return protobuf;
        }
        throw new IllegalArgumentException(
                "A schema of type " + schema.content().type() + " was given to the Protobuf codec");
    }
}
