package io.concordat.benchmarks.avro;

import java.util.Map;
import java.util.TreeMap;

/**
 * One benchmark with one set of parameters.
 *
 * @param benchmark its class
 * @param method its method
 * @param parameters the values of its parameters by their names
 */
record Cell(Class<?> benchmark, String method, Map<String, String> parameters) {
    Cell {
        parameters = new TreeMap<>(parameters);
    }

    static Cell codec(String method, Shape shape, Form form, Side side) {
        return new Cell(
                CodecBenchmark.class,
                method,
                Map.of(
                        "shape", shape.name(),
                        "form", form.name(),
                        "side", side.name(),
                        "company", Company.ALONE.name(),
                        "evolved", "false"));
    }

    Cell with(String parameter, Object value) {
        Map<String, String> changed = new TreeMap<>(parameters);
        changed.put(parameter, value.toString());
        return new Cell(benchmark, method, changed);
    }

    /** A regular expression for this method alone. */
    String pattern() {
        return "^" + (benchmark.getName() + "." + method).replace(".", "\\.") + "$";
    }

    @Override
    public String toString() {
        return benchmark.getSimpleName() + "." + method + " " + parameters.values();
    }
}
