package io.concordat.serdes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.concordat.api.Context;
import io.concordat.api.ErrorCode;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.RegistryException;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaReference;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;
import io.concordat.api.format.InvalidSchemaException;
import io.concordat.api.format.ReferenceResolver.Resolved;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryReferencesTest {
    private static final SchemaReference MONEY = new SchemaReference("shop.Money", "money", 1);
    private static final SchemaReference PRICE = new SchemaReference("shop.Price", "price", 1);

    private final WatchedRegistry registry = new WatchedRegistry();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void resolve_referencesOfReferences_comeBeforeWhatRefersToThem() {
        registerMoneyAndPrice("");

        List<Resolved> resolved =
                new RegistryReferences(registry.registry(), Context.DEFAULT).resolve(List.of(PRICE, MONEY, PRICE));

        assertThat(resolved).extracting(Resolved::name).containsExactly("shop.Money", "shop.Price");
    }

    @Test
    void resolve_missingSubject_passesTheRegistrysErrorOn() {
        assertThatThrownBy(() -> new RegistryReferences(registry.registry(), Context.DEFAULT).resolve(List.of(MONEY)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SUBJECT_NOT_FOUND));
    }

    @Test
    void resolve_circle_isRefused() {
        Registry lying = (Registry) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Registry.class},
                (proxy, method, arguments) -> version((Subject) arguments[0], (VersionSpec) arguments[1]));

        assertThatThrownBy(() -> new RegistryReferences(lying, Context.DEFAULT).resolve(List.of(MONEY)))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("shop.Money");
    }

    @Test
    void encode_schemaWithReferences_goesThroughInAnyContext() {
        for (Context context : List.of(Context.DEFAULT, Context.of("staging"))) {
            registerMoneyAndPrice(context.prefix());
            MessageSerializer serializer = MessageSerializer.builder(registry.registry())
                    .naming(SubjectNaming.TOPIC.in(context))
                    .build();
            SchemaContent offer = record("Offer", "{\"name\":\"price\",\"type\":\"shop.Price\"}")
                    .withReferences(List.of(PRICE));
            GenericRecord value = offer(3);

            byte[] message = serializer.encode("offers", RecordPart.VALUE, offer, value);

            assertThat(serializer.decode("offers", RecordPart.VALUE, message)).isEqualTo(value);
        }
    }

    private static RegisteredSchema version(Subject subject, VersionSpec version) {
        SchemaContent content = SchemaContent.avro("\"int\"").withReferences(List.of(MONEY));
        return new RegisteredSchema(subject, version.number(), 1, new UUID(0, 0), content, Optional.empty(), false);
    }

    private void registerMoneyAndPrice(String prefix) {
        registry.register(Subject.of(prefix + "money"), record("Money", "{\"name\":\"cents\",\"type\":\"long\"}"));
        registry.register(
                Subject.of(prefix + "price"),
                record("Price", "{\"name\":\"money\",\"type\":\"shop.Money\"}").withReferences(List.of(MONEY)));
    }

    private static SchemaContent record(String name, String field) {
        return SchemaContent.avro(
                "{\"type\":\"record\",\"name\":\"" + name + "\",\"namespace\":\"shop\",\"fields\":[" + field + "]}");
    }

    private static GenericRecord offer(long cents) {
        Schema.Parser parser = new Schema.Parser();
        GenericRecord money = new GenericData.Record(parser.parse(
                record("Money", "{\"name\":\"cents\",\"type\":\"long\"}").text()));
        GenericRecord price = new GenericData.Record(parser.parse(
                record("Price", "{\"name\":\"money\",\"type\":\"shop.Money\"}").text()));
        GenericRecord offer = new GenericData.Record(parser.parse(
                record("Offer", "{\"name\":\"price\",\"type\":\"shop.Price\"}").text()));
        money.put("cents", cents);
        price.put("money", money);
        offer.put("price", price);
        return offer;
    }
}
