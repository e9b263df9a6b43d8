package io.concordat.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.concordat.api.Context;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.Subject;
import io.concordat.api.json.Json;
import io.concordat.api.json.JsonShape;
import io.concordat.api.json.MalformedJsonException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers as files hold them: one line with a name and the SHA-256 of the rest, and JSON that also names the question. So
 * what was damaged, cut off or put under another name is known for what it is.
 */
final class StoredAnswer {
    private static final byte[] MAGIC = "concordat-1 ".getBytes(US_ASCII);
    private static final int HASH = 64;
    private static final int BODY = MAGIC.length + HASH + 1;

    private StoredAnswer() {}

    static byte[] encode(Question question, RegisteredSchema answer) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("question", question.toString());
        shape.put("context", answer.subject().context().name());
        shape.put("subject", answer.subject().name());
        shape.put("version", answer.version());
        shape.put("id", answer.id());
        shape.put("guid", answer.guid().toString());
        shape.put("deleted", answer.deleted());
        answer.timestamp().ifPresent(time -> shape.put("ts", time.toEpochMilli()));
        shape.putAll(SchemaShape.of(answer.content()));
        return sealed(Json.write(shape));
    }

    static byte[] encode(Question question, List<Subject> answer) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("question", question.toString());
        shape.put("subjects", answer.stream().map(Subject::qualified).toList());
        return sealed(Json.write(shape));
    }

    /** Empty if these are not, or no longer, the bytes of an answer to that question. */
    static Optional<List<Subject>> decodeSubjects(Question question, byte[] file) {
        return unsealed(file)
                .flatMap(body -> readAs(
                        question,
                        body,
                        members -> JsonShape.list("subjects", members.get("subjects")).stream()
                                .map(subject -> Subject.of(JsonShape.text("subjects", subject)))
                                .toList()));
    }

    /** Likewise. */
    static Optional<RegisteredSchema> decode(Question question, byte[] file) {
        return unsealed(file).flatMap(body -> readAs(question, body, StoredAnswer::schema));
    }

    /** Puts a line with the hash before it. */
    static byte[] sealed(byte[] body) {
        ByteArrayOutputStream file = new ByteArrayOutputStream(BODY + body.length);
        file.writeBytes(MAGIC);
        file.writeBytes(Sha256.hex(body).getBytes(US_ASCII));
        file.write('\n');
        file.writeBytes(body);
        return file.toByteArray();
    }

    /** What is behind that line; empty if it does not fit. */
    static Optional<byte[]> unsealed(byte[] file) {
        if (file.length < BODY || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOfRange(file, BODY, file.length);
        String hash = new String(file, MAGIC.length, HASH, US_ASCII);
        return Sha256.hex(body).equals(hash) ? Optional.of(body) : Optional.empty();
    }

    private static RegisteredSchema schema(Map<?, ?> members) {
        Subject subject = new Subject(
                new Context(JsonShape.text("context", members.get("context"))),
                JsonShape.text("subject", members.get("subject")));
        return SchemaShape.stored(subject, members);
    }

    private static <T> Optional<T> readAs(Question question, byte[] body, Function<Map<?, ?>, T> reading) {
        try {
            Map<?, ?> members = JsonShape.object("answer", Json.read(body));
            return question.toString().equals(members.get("question"))
                    ? Optional.of(reading.apply(members))
                    : Optional.empty();
        } catch (MalformedJsonException | IllegalArgumentException | RegistryException e) {
            // The hash fits, so it was written like this: by another version of this library.
            return Optional.empty();
        }
    }
}
