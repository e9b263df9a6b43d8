package io.concordat.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keys that are without effect on serializers because of others. Each is warned of once. */
final class Contradictions {
    private Contradictions() {}

    static void warnAbout(Map<String, ?> configs, Settings settings) {
        List<String> choosing = choosing(configs, settings.choice());
        if (settings.autoRegister()) {
            choosing.forEach(key -> KeyAdvice.warnOnce("'" + key + "' has no effect on serializers while '"
                    + RegistrySerdeConfig.AUTO_REGISTER_SCHEMAS
                    + "' is true, which is the default; set that to false"));
            return;
        }
        for (String hidden : choosing.subList(Math.min(1, choosing.size()), choosing.size())) {
            KeyAdvice.warnOnce("'" + hidden + "' has no effect on serializers beside '" + choosing.get(0) + "'");
        }
        warnWithoutRegistering(settings);
    }

    private static void warnWithoutRegistering(Settings settings) {
        List<String> idle = new ArrayList<>();
        if (settings.registering().propagateTags()) {
            idle.add(RegistrySerdeConfig.PROPAGATE_SCHEMA_TAGS);
        }
        if (!settings.registering().format().isEmpty()) {
            idle.add(RegistrySerdeConfig.SCHEMA_FORMAT);
        }
        idle.forEach(key -> KeyAdvice.warnOnce(
                "'" + key + "' has no effect while '" + RegistrySerdeConfig.AUTO_REGISTER_SCHEMAS + "' is false"));
    }

    /** The keys that choose a schema in place of the value's own, the one that counts first. */
    private static List<String> choosing(Map<String, ?> configs, Settings.Choice choice) {
        List<String> keys = new ArrayList<>();
        if (choice.id() != null) {
            keys.add(RegistrySerdeConfig.USE_SCHEMA_ID);
        }
        if (choice.guid() != null) {
            keys.add(RegistrySerdeConfig.USE_SCHEMA_GUID);
        }
        if (choice.latest() != null && !choice.latest().isEmpty()) {
            keys.add(RegistrySerdeConfig.USE_LATEST_WITH_METADATA);
        }
        Object latest = configs.get(RegistrySerdeConfig.USE_LATEST_VERSION);
        if (latest != null && Boolean.parseBoolean(latest.toString().trim())) {
            keys.add(RegistrySerdeConfig.USE_LATEST_VERSION);
        }
        return keys;
    }
}
