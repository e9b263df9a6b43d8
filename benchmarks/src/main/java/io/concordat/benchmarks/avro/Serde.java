package io.concordat.benchmarks.avro;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.concordat.api.Registry;
import io.concordat.kafka.RegistryDeserializer;
import io.concordat.kafka.RegistrySerializer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** A serializer and a deserializer for Kafka. */
record Serde(Serializer<Object> serializer, Deserializer<Object> deserializer) {
    static Serde concordat(Registry registry, Form form, Shape shape) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("specific.avro.reader", form == Form.SPECIFIC);
        if (form == Form.RECORD) {
            settings.put("specific.avro.value.type", shape.recordClass());
        }
        Serde serde = new Serde(new RegistrySerializer<>(registry), new RegistryDeserializer<>(registry));
        serde.configure(settings);
        return serde;
    }

    /** In the mode that asks its registry only once: see the README. */
    static Serde apicurio(Form form) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("apicurio.registry.url", "http://127.0.0.1:1");
        settings.put("apicurio.registry.auto-register", true);
        settings.put("apicurio.registry.dereference-schema", true);
        settings.put("apicurio.registry.use-specific-avro-reader", form == Form.SPECIFIC);
        ApicurioRegistry registry = new ApicurioRegistry();
        Serde serde = new Serde(new AvroKafkaSerializer<>(registry), new AvroKafkaDeserializer<>(registry));
        serde.configure(settings);
        return serde;
    }

    private void configure(Map<String, Object> settings) {
        serializer.configure(settings, false);
        deserializer.configure(settings, false);
    }
}
