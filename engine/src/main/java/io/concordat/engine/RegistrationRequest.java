package io.concordat.engine;

import io.concordat.api.RegisterOptions;
import io.concordat.api.SchemaContent;
import io.concordat.api.Subject;
import io.concordat.api.VersionSpec;

/**
 * What somebody wants to register.
 *
 * @param subject where
 * @param schema as it was sent
 * @param options how; a schema whose tags are edited becomes the next version, whether that is said or not
 * @param tags what becomes of the tags in its text
 */
record RegistrationRequest(Subject subject, SchemaContent schema, RegisterOptions options, TagChange tags) {
    RegistrationRequest {
        if (tags.isEdit() && options.version() == RegisterOptions.NEXT_VERSION) {
            options = new RegisterOptions(
                    options.normalize(),
                    options.force(),
                    options.id(),
                    VersionSpec.LATEST_NUMBER,
                    options.propagateTags(),
                    options.spelling());
        }
    }
}
