package io.concordat.client;

/** Carries requests to one registry, and its answers back. Safe for many threads. */
interface Transport extends AutoCloseable {
    /**
     * Sends a request and waits for the whole answer. An answer that reports an error is an answer.
     *
     * @throws io.concordat.api.RegistryException {@link io.concordat.api.ErrorCode#UNREACHABLE},
     *     {@link io.concordat.api.ErrorCode#DEADLINE_EXCEEDED} or {@link io.concordat.api.ErrorCode#UNREADABLE_ANSWER}
     */
    Answer send(Call call);

    @Override
    void close();
}
