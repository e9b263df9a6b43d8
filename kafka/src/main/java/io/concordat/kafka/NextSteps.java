package io.concordat.kafka;

import io.concordat.api.ErrorCode;
import io.concordat.api.RegistryException;
import io.concordat.serdes.EncodeException;
import io.concordat.serdes.MessageException;
import io.concordat.serdes.PayloadForm;
import io.concordat.serdes.RecordPart;
import org.jspecify.annotations.Nullable;

/** What to do about failures, in a few words each. */
final class NextSteps {
    private static final String OWN_WRITER = "let whoever writes to the topic use a schema registry serializer, and ";

    private final boolean writing;
    private final boolean registers;
    private final boolean fixed;
    private final String ofPart;

    private NextSteps(Settings settings, boolean writing) {
        this.writing = writing;
        this.registers = settings.autoRegister();
        this.fixed = settings.choice().isFixed();
        this.ofPart = settings.part() == RecordPart.KEY ? "key" : "value";
    }

    static NextSteps ofReading(Settings settings) {
        return new NextSteps(settings, false);
    }

    static NextSteps ofWriting(Settings settings) {
        return new NextSteps(settings, true);
    }

    /** @param form what the bytes look like, if that is the matter */
    String after(MessageException failure, @Nullable PayloadForm form) {
        if (failure.isConfiguration()) {
            return "correct the setting, the schema or the class path that this is about";
        }
        if (failure instanceof EncodeException) {
            return "correct the value, or the schema that it is written with";
        }
        String putAside = "put this record aside or skip it ('" + ofPart + ".bad.record.policy')";
        if (form == null) {
            return putAside;
        }
        return switch (form) {
            case ID_IN_HEADER -> "set '" + ofPart + ".schema.id.deserializer' to DualSchemaIdDeserializer";
            case EIGHT_BYTE_ID -> "let whoever writes to the topic use ids of four bytes, and " + putAside;
            case JSON_TEXT, TEXT, AVRO_FILE, AVRO_SINGLE_OBJECT -> OWN_WRITER + putAside;
            default -> putAside;
        };
    }

    String after(RegistryException failure) {
        return switch (failure.kind()) {
            case TRANSIENT ->
                "try again"
                        + failure.retryAfter()
                                .map(time -> ", not before " + time.toSeconds() + " s are over")
                                .orElse("")
                        + ", and do not skip the record";
            case NOT_FOUND ->
                writing ? afterNotFoundOnWriting() : "register what is missing, or correct the setting that names it";
            case REFUSED -> afterRefusal(failure);
            case CONFIGURATION -> afterConfiguration(failure);
        };
    }

    private String afterNotFoundOnWriting() {
        if (fixed) {
            return "correct the id or GUID in the settings";
        }
        return registers
                ? "register what is missing"
                : "register the schema before records are written, since '" + RegistrySerdeConfig.AUTO_REGISTER_SCHEMAS
                        + "' is false";
    }

    private static String afterRefusal(RegistryException failure) {
        return switch (status(failure)) {
            case 409 -> "make the schema compatible, or change what the subject allows";
            case 422 -> "correct the schema, or what else it refuses";
            default -> "correct what it refuses";
        };
    }

    private String afterConfiguration(RegistryException failure) {
        if (failure.code() == ErrorCode.UNTRUSTED) {
            return "correct 'schema.registry.ssl.*' or the certificates, or have '"
                    + RegistrySerdeConfig.SCHEMA_REGISTRY_URL + "' begin with http:// if there is no TLS";
        }
        return switch (status(failure)) {
            case 401 -> "give it valid credentials ('basic.auth.*' or 'bearer.auth.*')";
            case 403 -> "have the registry let it " + (writing ? "register and read" : "read") + " this subject";
            default -> "correct '" + RegistrySerdeConfig.SCHEMA_REGISTRY_URL + "': what answers there is no registry";
        };
    }

    /** By the number in the answer, which may say more than the code. */
    private static int status(RegistryException failure) {
        return failure.number() < 1000 ? failure.number() : failure.number() / 100;
    }
}
