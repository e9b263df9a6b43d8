package io.concordat.api.format;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * What an application says about the codecs it uses.
 *
 * @param values settings by their usual names, as they stand in a Kafka client's configuration: text, or objects of the
 *     type that is meant. Names that a codec does not know are another's, and passed over
 * @param forKeys whether the records' keys are meant, else their values: some settings exist once for each
 * @param classLoader where classes that the settings name are looked for
 */
public record CodecSettings(Map<String, ?> values, boolean forKeys, ClassLoader classLoader) {
    public CodecSettings {
        values = Collections.unmodifiableMap(new HashMap<>(values));
    }
}
