package io.concordat.client;

/** Carries requests to a registry, and its answers back. Safe for many threads. */
interface Transport extends AutoCloseable {
    /**
     * Sends a request and waits for the whole answer. An answer that reports an error is an answer.
     *
     * @throws io.concordat.api.RegistryException {@link io.concordat.api.ErrorCode#UNREADABLE_ANSWER} or
     *     {@link io.concordat.api.ErrorCode#UNTRUSTED}; as a {@link NoAnswerException}
     *     {@link io.concordat.api.ErrorCode#UNREACHABLE} or {@link io.concordat.api.ErrorCode#DEADLINE_EXCEEDED}
     */
    Answer send(Call call, Deadline deadline);

    @Override
    void close();
}
