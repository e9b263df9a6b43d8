package io.concordat.client;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What came back, whatever it is. */
final class Answer {
    /** Enough to recognise an error page by. */
    private static final int EXCERPT = 200;

    private final int status;
    private final String contentType;
    private final String location;
    private final byte[] body;

    /**
     * @param contentType empty if the answer does not say
     * @param location where a redirect leads; empty if the answer does not say
     */
    Answer(int status, String contentType, String location, byte[] body) {
        this.status = status;
        this.contentType = contentType;
        this.location = location;
        this.body = body;
    }

    int status() {
        return status;
    }

    String location() {
        return printable(location);
    }

    byte[] body() {
        return body;
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    boolean isRedirect() {
        return status >= 300 && status < 400;
    }

    /** What a message quotes of it. */
    String description() {
        String kind = contentType.isEmpty() ? Integer.toString(status) : status + ", " + printable(contentType);
        return body.length == 0 ? kind + ", empty" : kind + ", beginning '" + excerpt() + "'";
    }

    private String excerpt() {
        String text = new String(body, 0, Math.min(body.length, EXCERPT), UTF_8);
        return printable(text);
    }

    private static String printable(String text) {
        String start = text.substring(0, Math.min(text.length(), EXCERPT));
        return start.replaceAll("[\\p{Cntrl}\\s]+", " ").trim();
    }
}
