package io.concordat.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.concordat.api.format.RecordCodec.Target;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What Avro 1.11 cannot do. */
class NewerAvroTest {
    @Test
    void read_defaultOfALaterBranch_isRead() {
        AvroSchema writer = AvroSchema.parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}");
        AvroSchema reader = AvroSchema.parse("""
                {"type":"record","name":"R","fields":[{"name":"u","type":["null","int"],"default":3}]}""");

        assertThat(new AvroCodec()
                        .reader(writer, Target.generic().withReaderSchema(reader))
                        .read(ByteBuffer.wrap(new byte[0])))
                .hasToString("{\"u\": 3}");
    }
}
