package io.concordat.serdes;

import io.concordat.api.LookupOptions;
import io.concordat.api.RegisterOptions;
import io.concordat.api.RegisteredSchema;
import io.concordat.api.Registry;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;

/**
 * How a schema gets its id.
 *
 * @param register whether it is registered if it is not yet; else it must be
 * @param normalize whether the registry brings it into its normal form first
 * @param propagateTags whether a new version takes over the tags of the one before
 * @param spelling in which spelling the registry answers with the text; empty for the stored one
 */
record SchemaSource(boolean register, boolean normalize, boolean propagateTags, String spelling) {
    RegisteredSchema ask(Registry registry, Subject subject, SchemaContent schema) {
        return register
                ? registry.register(
                        subject,
                        schema,
                        new RegisterOptions(
                                normalize,
                                false,
                                RegisterOptions.ANY_ID,
                                RegisterOptions.NEXT_VERSION,
                                propagateTags,
                                spelling))
                : registry.lookUp(subject, schema, new LookupOptions(normalize, false));
    }
}
