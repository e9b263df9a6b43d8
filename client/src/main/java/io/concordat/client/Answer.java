package io.concordat.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** What came back, whatever it is. */
final class Answer {
    /** Enough to recognise an error page by. */
    private static final int EXCERPT = 200;

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private final URI origin;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    /** @param origin the url of the registry that was asked */
    Answer(URI origin, int status, HttpHeaders headers, byte[] body) {
        this.origin = origin;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    URI origin() {
        return origin;
    }

    int status() {
        return status;
    }

    /** Where a redirect leads; empty if it does not say. */
    String location() {
        return printable(header("Location"));
    }

    /** When to ask again, if it says: seconds, or a date. */
    Optional<Duration> retryAfter(Instant now) {
        String given = header("Retry-After").trim();
        if (SECONDS.matcher(given).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(given)));
        }
        try {
            Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(given));
            return Optional.of(date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
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

    /** Whether the same request may be answered otherwise in a while. */
    boolean isTransient() {
        return switch (status) {
            case 408, 429, 500, 502, 503, 504 -> true;
            default -> false;
        };
    }

    /** What a message quotes of it. */
    String description() {
        String contentType = header("Content-Type");
        String kind = contentType.isEmpty() ? Integer.toString(status) : status + ", " + printable(contentType);
        return body.length == 0 ? kind + ", empty" : kind + ", beginning '" + excerpt() + "'";
    }

    private String header(String name) {
        return headers.firstValue(name).orElse("");
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
