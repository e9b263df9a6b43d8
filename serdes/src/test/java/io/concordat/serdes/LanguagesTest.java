package io.concordat.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Registry;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.SchemaType;
import io.concordat.api.Subject;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanguagesTest {
    private static final SchemaContent NOTE = SchemaContent.of(SchemaType.JSON, "anything");

    private static final PlainText.Note HELLO = new PlainText.Note("hello");

    private final WatchedRegistry registry = new WatchedRegistry(PlainText.LANGUAGE);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void encode_languageGivenToTheBuilder_isUsed() {
        MessageSerializer serializer = MessageSerializer.builder(registry.registry())
                .language(PlainText.LANGUAGE, PlainText.LANGUAGE)
                .build();

        byte[] message = serializer.encode("notes", RecordPart.VALUE, HELLO);

        assertThat(serializer.decode("notes", RecordPart.VALUE, message)).isEqualTo(HELLO);
        assertThat(serializer.encode("notes", RecordPart.VALUE, NOTE, HELLO)).isEqualTo(message);
        assertThat(serializer.encodeAsLatest("notes", RecordPart.VALUE, HELLO)).isEqualTo(message);
    }

    @Test
    void decode_languageThatIsMissing_namesTheArtifactToAdd() {
        SchemaId id = registry.register(Subject.value("notes"), NOTE).schemaId();
        MessageSerializer serializer = MessageSerializer.of(registry.registry());

        assertThatThrownBy(() -> serializer.decode("notes", RecordPart.VALUE, new byte[] {0, 0, 0, 0, (byte) id.id()}))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("io.concordat:concordat-json")
                .hasMessageContaining("topic 'notes'");
        assertThatThrownBy(() -> serializer.encode("notes", RecordPart.VALUE, NOTE, HELLO))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("io.concordat:concordat-json");
        assertThatThrownBy(() -> serializer.encode(id, HELLO))
                .isInstanceOf(EncodeException.class)
                .hasMessageContaining("io.concordat:concordat-json");
    }

    @Test
    void build_noLanguageAtAll_namesAnArtifactToAdd() throws IOException, ReflectiveOperationException {
        URL[] ours = {location(MessageSerializer.class), location(Registry.class), location(NullMarked.class)};
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader bare = new URLClassLoader(ours, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(bare);
            Class<?> registryType = bare.loadClass(Registry.class.getName());
            Object someRegistry = Proxy.newProxyInstance(bare, new Class<?>[] {registryType}, (p, m, a) -> null);

            assertThatThrownBy(() -> bare.loadClass(MessageSerializer.class.getName())
                            .getMethod("of", registryType)
                            .invoke(null, someRegistry))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("io.concordat:concordat-avro");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
