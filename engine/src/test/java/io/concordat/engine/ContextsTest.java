package io.concordat.engine;

import static io.concordat.engine.WordsFormat.words;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Compatibility;
import io.concordat.api.ConfigUpdate;
import io.concordat.api.Context;
import io.concordat.api.Deleted;
import io.concordat.api.ErrorCode;
import io.concordat.api.Mode;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaTags;
import io.concordat.api.Subject;
import io.concordat.engine.log.EventLog;
import io.concordat.engine.log.InMemoryEventLog;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How contexts come and go, and what may be registered in them. */
class ContextsTest {
    private static final Context CONTEXT = Context.of("c");
    private static final Subject SUBJECT = new Subject(CONTEXT, "s");

    private final EventLog log = new InMemoryEventLog();
    private final RegistryEngine registry = open(log);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void deleteContext_withASubjectEvenIfDeleted_isRefused() {
        register(SUBJECT, "a");
        assertRefused(() -> delete(CONTEXT), ErrorCode.CONTEXT_NOT_EMPTY, "':.c:' is not empty");
        registry.deleteSubject(SUBJECT, false);
        assertRefused(() -> delete(CONTEXT), ErrorCode.CONTEXT_NOT_EMPTY, "':.c:' is not empty");

        registry.deleteSubject(SUBJECT, true);
        delete(CONTEXT);

        assertThat(contexts()).containsExactly(".");
    }

    @Test
    void deleteContext_thatIsNotThere_writesNothing() {
        register(Subject.of("s"), "a");
        int written = LogCopies.records(log).size();

        delete(CONTEXT);
        delete(Context.GLOBAL);

        assertThat(LogCopies.records(log)).hasSize(written);
        assertRefused(() -> delete(Context.DEFAULT), ErrorCode.CONTEXT_NOT_EMPTY, "':.:' is not empty");
    }

    @Test
    void deleteContext_readOnly_isRefused() {
        register(SUBJECT, "a");
        registry.deleteSubject(SUBJECT, false);
        registry.deleteSubject(SUBJECT, true);
        registry.settings().updateMode(Subject.all(CONTEXT), Mode.READONLY, false);

        assertRefused(() -> delete(CONTEXT), ErrorCode.OPERATION_NOT_PERMITTED, "read-only");
    }

    @Test
    void register_inAContextThatWasDeleted_goesOnWithItsIds() {
        int first = register(SUBJECT, "a").id();
        registry.deleteSubject(SUBJECT, false);
        registry.deleteSubject(SUBJECT, true);
        delete(CONTEXT);

        try (RegistryEngine restarted = open(LogCopies.compacted(log))) {
            assertThat(restarted.reads().contexts("").map(Context::name)).containsExactly(".");
            assertThat(restarted
                            .register(SUBJECT, words("a"), RegisterOptions.DEFAULT)
                            .id())
                    .isEqualTo(first + 1);
        }
        assertThat(register(SUBJECT, "a").id()).isEqualTo(first + 1);
        assertThat(contexts()).containsExactly(".", ".c");
    }

    @Test
    void register_whileTheContextIsDeleted_leavesNoSubjectWithoutAContext() throws Exception {
        for (int round = 0; round < 50; round++) {
            int number = round;
            CyclicBarrier start = new CyclicBarrier(3);
            CompletableFuture<?> one = CompletableFuture.runAsync(() -> {
                await(start);
                register(SUBJECT, "w" + number);
            });
            CompletableFuture<?> other = CompletableFuture.runAsync(() -> {
                await(start);
                register(new Subject(CONTEXT, "t"), "w" + number);
            });
            CompletableFuture<?> gone = CompletableFuture.runAsync(() -> {
                await(start);
                try {
                    delete(CONTEXT);
                } catch (RegistryException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.CONTEXT_NOT_EMPTY);
                }
            });
            CompletableFuture.allOf(one, other, gone).get(20, TimeUnit.SECONDS);

            assertThat(contexts()).containsExactly(".", ".c");
            assertThat(LogCopies.records(log).stream()
                            .filter(record -> new String(record.key(), UTF_8).contains("CONTEXT"))
                            .reduce((earlier, later) -> later)
                            .orElseThrow()
                            .value())
                    .isNotNull();
            for (Subject subject : registry.subjects(":.c:", Deleted.INCLUDED)) {
                registry.deleteSubject(subject, false);
                registry.deleteSubject(subject, true);
            }
            delete(CONTEXT);
        }
        assertThat(registry.reads().highestId(CONTEXT)).isEqualTo(50);
    }

    @Test
    void deleteSubject_withoutAName_keepsTheSettingsOfItsContext() {
        Subject nameless = Subject.all(CONTEXT);
        register(nameless, "a");
        registry.settings().updateConfig(nameless, ConfigUpdate.compatibility(Compatibility.FULL));

        registry.deleteSubject(nameless, false);
        registry.deleteSubject(nameless, true);

        assertThat(registry.settings().config(nameless).compatibility()).contains(Compatibility.FULL);
    }

    @Test
    void register_underSeveralSubjectsAtOnce_isRefused() {
        register(Subject.of(":.c:x"), "a");

        assertRefused(() -> register(Subject.of(":*:x"), "a"), ErrorCode.INVALID_SUBJECT, ":*:x");
    }

    @Test
    void register_tagsInALanguageWithout_isRefused() {
        SchemaTags tags = new SchemaTags("R.f", SchemaTags.Entity.FIELD, List.of("PII"));

        assertRefused(
                () -> join(registry.registerAsync(
                        SUBJECT,
                        words("a"),
                        RegisterOptions.DEFAULT,
                        new TagChange(List.of(tags), List.of(), false),
                        Runnable::run)),
                ErrorCode.INVALID_SCHEMA,
                "cannot carry tags");
    }

    private RegisteredSchema register(Subject subject, String text) {
        return registry.register(subject, words(text), RegisterOptions.DEFAULT);
    }

    private void delete(Context context) {
        join(registry.deleteContextAsync(context));
    }

    private List<String> contexts() {
        return registry.reads().contexts("").map(Context::name).toList();
    }

    private static void join(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static RegistryEngine open(EventLog log) {
        return RegistryEngine.builder(log).formats(List.of(new WordsFormat())).open();
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code, String said) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RegistryException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessageContaining(said);
        });
    }
}
