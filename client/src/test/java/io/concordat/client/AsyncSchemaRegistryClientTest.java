package io.concordat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaId;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AsyncSchemaRegistryClientTest {
    private static final Subject ORDERS = Subject.value("orders");
    private static final SchemaContent STRING = SchemaContent.avro("\"string\"");

    private final StubRegistry stub = new StubRegistry();
    private final SchemaRegistryClient client = SchemaRegistryClient.connect(stub.url());
    private final AsyncSchemaRegistryClient async = client.async();

    @AfterEach
    void close() throws IOException {
        client.close();
        stub.close();
    }

    @Test
    void schema_moreThanThereAreThreadsWaitForOneId_othersAreAnswered() throws Exception {
        CountDownLatch slow = stub.hold("/schemas/ids/1");
        List<CompletableFuture<RegisteredSchema>> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(async.schema(1));
        }
        assertThat(async.schema(2).get().id()).isEqualTo(2);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        waiting.get(0).cancel(true);
        slow.countDown();

        for (CompletableFuture<RegisteredSchema> answer : waiting.subList(1, 100)) {
            assertThat(answer.get().id()).isEqualTo(1);
        }
        assertThat(stub.requestsFor("/schemas/ids/1")).isEqualTo(1);
    }

    @Test
    void schema_inMemory_isThereAtOnce() {
        client.schema(7);

        assertThat(async.schema(7)).isCompleted();
    }

    @Test
    void everyQuestion_isAnsweredAsIfWaitedFor() throws Exception {
        assertThat(async.version(ORDERS, VersionSpec.of(1)).get().id()).isEqualTo(7);
        assertThat(async.latest(ORDERS).get()).isPresent();
        assertThat(async.register(ORDERS, STRING).get().id()).isEqualTo(7);
        assertThat(async.register(ORDERS, STRING, RegisterOptions.NORMALIZE)
                        .get()
                        .id())
                .isEqualTo(7);
        assertThat(async.findVersion(ORDERS, STRING).get()).hasValue(1);
        assertThat(async.check(ORDERS, STRING).get().compatible()).isTrue();
        assertThat(async.versions(ORDERS).get()).containsExactly(1);
        assertThat(async.subjects().get()).containsExactly(ORDERS);
    }

    @Test
    void schema_failure_isTheOneThatWaitingGives() {
        stub.forgets(404);

        assertThatThrownBy(() -> async.schema(SchemaId.of(404)).get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(RegistryException.class)
                .hasMessage("Schema not found");
    }

    @Test
    void schema_afterClose_failsInsteadOfHanging() {
        client.close();

        assertThat(async.schema(7)).isCompletedExceptionally();
        assertThat(async.schema(7)).isCompletedExceptionally();
        assertThat(async.subjects()).isCompletedExceptionally();
    }
}
