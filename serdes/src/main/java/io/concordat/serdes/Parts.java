package io.concordat.serdes;

import io.concordat.api.Registry;

/**
 * What a serializer's two directions share.
 *
 * @param limit how many values a table remembers at most
 */
record Parts(
        Registry registry,
        Languages languages,
        WriterSchemas schemas,
        LatestVersions latestVersions,
        SubjectNaming naming,
        Rules rules,
        int limit) {}
