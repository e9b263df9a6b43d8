package io.concordat.server;

/** Measurements in the text format of Prometheus. */
final class Exposition {
    private final StringBuilder text = new StringBuilder();

    /** One number that goes up and down. */
    void gauge(String name, String help, long value) {
        family(name, "gauge", help);
        sample(name, value);
    }

    /** Begins a family of samples. */
    void family(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** One sample of the family before, with its labels. */
    void sample(String labelled, long value) {
        text.append(labelled).append(' ').append(value).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
