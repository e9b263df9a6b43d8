package io.concordat.kafka;

import io.concordat.api.Registry;
import io.concordat.serdes.AssociatedNaming;
import io.concordat.serdes.ContextNaming;
import io.concordat.serdes.SubjectNaming;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the keys say about the names of subjects.
 *
 * @param given a rule that needs no registry; null to ask for associations
 * @param association how to ask for them
 * @param contexts where the subjects are; null for the default context, or the one that a topic names
 */
record NamingSetting(
        @Nullable SubjectNaming given,
        Association association,
        @Nullable ContextNaming contexts) {
    static final Map<String, SubjectNaming> USUAL = Map.of(
            "TopicNameStrategy", SubjectNaming.TOPIC,
            "RecordNameStrategy", SubjectNaming.RECORD,
            "TopicRecordNameStrategy", SubjectNaming.TOPIC_RECORD);

    /** The rule, before it is {@linkplain #inContext put into a context}. */
    SubjectNaming naming(Registry registry) {
        return given != null ? given : association.naming(registry);
    }

    SubjectNaming inContext(SubjectNaming naming) {
        return contexts == null ? naming : naming.in(contexts);
    }

    /**
     * How the registry is asked for associations.
     *
     * @param cluster the Kafka cluster; null for the one that turns up, else any
     * @param fallback for topics without one; null for none
     * @param timeToLive how long an answer is believed; null for ever
     * @param size how many answers are remembered
     */
    record Association(
            @Nullable String cluster,
            @Nullable SubjectNaming fallback,
            @Nullable Duration timeToLive,
            int size) {
        static final int USUAL_SIZE = 1_000;
        static final Association USUAL = new Association(null, SubjectNaming.TOPIC, null, USUAL_SIZE);

        private SubjectNaming naming(Registry registry) {
            AssociatedNaming.Builder builder =
                    AssociatedNaming.builder(registry).fallback(fallback).size(size);
            if (cluster != null) {
                builder.cluster(cluster);
            }
            if (timeToLive != null) {
                builder.timeToLive(timeToLive);
            }
            return builder.build();
        }
    }
}
