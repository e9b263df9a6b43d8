package io.concordat.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.concordat.api.SchemaType;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.protobuf.Tree.File;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The two ways in which a schema is given: as text, and as a descriptor in base64. */
final class SchemaText {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");

    private SchemaText() {}

    /** @throws InvalidSchemaException if it is neither; the message says why it is no text */
    static File parse(String schema) {
        return descriptor(schema).map(TreeOfDescriptor::of).orElseGet(() -> ProtoParser.parse(schema));
    }

    private static Optional<FileDescriptorProto> descriptor(String schema) {
        if (schema.length() % 4 != 0 || !BASE64.matcher(schema).matches()) {
            return Optional.empty();
        }
        try {
            CodedInputStream in =
                    CodedInputStream.newInstance(Base64.getDecoder().decode(schema));
            in.setRecursionLimit(ProtoParser.MAX_DEPTH);
            FileDescriptorProto file = FileDescriptorProto.parseFrom(in);
            return Optional.of(file);
        } catch (InvalidProtocolBufferException e) {
            throw new InvalidSchemaException(
                    "The text is base64, but of no descriptor of a file: " + e.getMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What is wrong with a name, and where in the text, if it is a text. */
    static InvalidSchemaException placed(NameProblem problem, String text) {
        String place;
        try {
            place = ProtoParser.placeOf(problem, text);
        } catch (InvalidSchemaException e) {
            place = null; // A descriptor, or a file that is referred to.
        }
        return new InvalidSchemaException(
                place == null ? String.valueOf(problem.getMessage()) : problem.getMessage() + " (" + place + ")",
                problem);
    }

    /** The files that a schema refers to, each after those it refers to itself. */
    static List<Reference> references(List<ReferenceResolver.Resolved> resolved) {
        return resolved.stream()
                .map(reference -> {
                    if (!reference.schema().type().equals(SchemaType.PROTOBUF)) {
                        throw new InvalidSchemaException(
                                "The reference '" + reference.name() + "' leads to a schema of type "
                                        + reference.schema().type());
                    }
                    return new Reference(
                            reference.name(), parse(reference.schema().text()));
                })
                .toList();
    }
}
