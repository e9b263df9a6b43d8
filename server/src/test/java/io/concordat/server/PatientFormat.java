package io.concordat.server;

import io.concordat.api.Compatibility.Direction;
import io.concordat.api.CompatibilityPolicy;
import io.concordat.api.SchemaContent;
import io.concordat.api.SchemaType;
import io.concordat.api.format.Incompatibility;
import io.concordat.api.format.ParsedSchema;
import io.concordat.api.format.ReferenceResolver;
import io.concordat.api.format.SchemaFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A schema language of any text. The schema {@code slow} takes until it is released, {@code deep} is too much for the stack. */
final class PatientFormat implements SchemaFormat {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);

    @Override
    public SchemaType type() {
        return SchemaType.AVRO;
    }

    @Override
    public ParsedSchema parse(SchemaContent schema, ReferenceResolver references, Strictness strictness) {
        if (schema.text().equals("slow")) {
            begun.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (schema.text().equals("deep")) {
            throw new StackOverflowError();
        }
        if (schema.text().equals("broken")) {
            throw new IllegalStateException("a secret of the server");
        }
        return new Text(schema);
    }

    private record Text(SchemaContent content) implements ParsedSchema {
        @Override
        public ParsedSchema normalized() {
            return this;
        }

        @Override
        public boolean isEquivalentTo(ParsedSchema other) {
            return equals(other);
        }

        @Override
        public List<Incompatibility> incompatibilitiesWith(
                ParsedSchema writer, Direction direction, CompatibilityPolicy policy) {
            return List.of();
        }

        @Override
        public String text(String spelling) {
            return content.text();
        }

        @Override
        public Optional<String> recordName() {
            return Optional.empty();
        }

        @Override
        public List<String> topLevelFields() {
            return List.of();
        }
    }
}
