package io.concordat.benchmarks.avro;

import static java.util.Objects.requireNonNull;

import io.concordat.benchmarks.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.runner.RunnerException;

/** The family {@code avro}: what is measured, and what it is compared with. */
public final class AvroBenchmark {
    private static final String FIRST_RECORD = "first event of a new schema / goal of 5 ms, time";
    private static final double GOAL = 5_000_000;

    private static final List<String> DIRECTIONS = List.of("encode", "decode");

    /** One cell beside another one. */
    private record Comparison(String name, Cell ours, Cell reference) {}

    private final List<Comparison> comparisons = new ArrayList<>();

    private AvroBenchmark() {}

    /**
     * Measures.
     *
     * @param only a part of the names of the rows that are wanted; all have the empty one
     */
    public static List<Row> run(boolean quick, String only) throws RunnerException {
        AvroBenchmark family = new AvroBenchmark();
        for (String direction : DIRECTIONS) {
            family.addShapes(direction);
            family.addTurns(direction);
        }
        family.addPrimitiveLists();
        family.addEvolution();
        family.addSerdes();
        family.comparisons.removeIf(comparison -> !comparison.name.contains(only));
        return family.measured(new Cells(quick), only);
    }

    private void addShapes(String direction) {
        for (Shape shape : Shape.values()) {
            for (Form form : List.of(Form.GENERIC, Form.SPECIFIC)) {
                String what = direction + " " + lower(shape) + " " + lower(form);
                Cell ours = Cell.codec(direction, shape, form, Side.CONCORDAT);
                add(what + " / avro", ours, ours.with("side", Side.AVRO));
                add(what + " / hand", ours, ours.with("side", Side.HAND));
            }
            Cell ours = Cell.codec(direction, shape, Form.RECORD, Side.CONCORDAT);
            add(direction + " " + lower(shape) + " record / hand", ours, ours.with("side", Side.HAND));
        }
    }

    /** Lists of numbers as our decoder makes them, against those that Avro makes and against arrays. */
    private void addPrimitiveLists() {
        Cell ours = Cell.codec("encode", Shape.NUMERIC, Form.PRIMITIVE, Side.CONCORDAT);
        Cell boxed = Cell.codec("encode", Shape.NUMERIC, Form.GENERIC, Side.AVRO);
        add("encode numeric primitive lists / avro boxed", ours, boxed);
        add(
                "encode numeric primitive lists / hand arrays",
                ours,
                Cell.codec("encode", Shape.NUMERIC, Form.RECORD, Side.HAND));
    }

    /** In the company of the other shapes, against alone. */
    private void addTurns(String direction) {
        for (Form form : List.of(Form.GENERIC, Form.SPECIFIC, Form.RECORD)) {
            for (Shape shape : Shape.values()) {
                Cell alone = Cell.codec(direction, shape, form, Side.CONCORDAT);
                add(
                        direction + " " + lower(shape) + " " + lower(form) + ", turns / alone",
                        alone.with("company", Company.TURNS),
                        alone);
            }
            Cell all = new Cell(
                    TurnsBenchmark.class, direction, Map.of("form", form.name(), "side", Side.CONCORDAT.name()));
            Side other = form == Form.RECORD ? Side.HAND : Side.AVRO;
            add(direction + " four in turn " + lower(form) + " / " + lower(other), all, all.with("side", other));
        }
    }

    /** What an older version wrote, against the same value of this version and against Avro. */
    private void addEvolution() {
        for (Shape shape : List.of(Shape.SMALL, Shape.EVENT)) {
            for (Form form : List.of(Form.GENERIC, Form.SPECIFIC)) {
                Cell same = Cell.codec("decode", shape, form, Side.CONCORDAT);
                Cell evolved = same.with("evolved", true);
                String what = "decode older " + lower(shape) + " " + lower(form);
                add(what + " / same version", evolved, same);
                add(what + " / avro", evolved, evolved.with("side", Side.AVRO));
            }
            Cell same = Cell.codec("decode", shape, Form.RECORD, Side.CONCORDAT);
            add("decode older " + lower(shape) + " record / same version", same.with("evolved", true), same);
        }
    }

    /** Whole serializers against the codec alone, and against another maker's. */
    private void addSerdes() {
        for (Shape shape : List.of(Shape.SMALL, Shape.EVENT)) {
            for (Form form : List.of(Form.GENERIC, Form.SPECIFIC, Form.RECORD)) {
                addSerde("serialize", "encode", shape, form);
                addSerde("deserialize", "decode", shape, form);
            }
        }
    }

    private void addSerde(String method, String ofCodec, Shape shape, Form form) {
        String what = method + " " + lower(shape) + " " + lower(form);
        Cell ours = new Cell(
                SerdeBenchmark.class,
                method,
                Map.of("shape", shape.name(), "form", form.name(), "maker", SerdeBenchmark.Maker.CONCORDAT.name()));
        add(what + " / bare codec", ours, Cell.codec(ofCodec, shape, form, Side.CONCORDAT));
        if (form != Form.RECORD) {
            add(what + " / apicurio", ours, ours.with("maker", SerdeBenchmark.Maker.APICURIO));
        }
    }

    private void add(String name, Cell ours, Cell reference) {
        comparisons.add(new Comparison(name, ours, reference));
    }

    private List<Row> measured(Cells cells, String only) throws RunnerException {
        Set<Cell> needed = new LinkedHashSet<>();
        for (Comparison comparison : comparisons) {
            needed.add(comparison.ours);
            needed.add(comparison.reference);
        }
        Cell first = new Cell(FirstRecordBenchmark.class, "writeAndRead", Map.of());
        if (FIRST_RECORD.contains(only)) {
            needed.add(first);
        }
        Map<Cell, Cells.Figures> figures = cells.run(needed);
        List<Row> rows = new ArrayList<>();
        if (needed.contains(first)) {
            rows.add(new Row(FIRST_RECORD, requireNonNull(figures.get(first)).time(), "ns", GOAL));
        }
        for (Comparison comparison : comparisons) {
            Cells.Figures ours = requireNonNull(figures.get(comparison.ours));
            Cells.Figures reference = requireNonNull(figures.get(comparison.reference));
            rows.add(new Row(comparison.name + ", time", ours.time(), "ns", reference.time()));
            rows.add(new Row(comparison.name + ", allocation", ours.bytes(), "bytes", reference.bytes()));
        }
        return rows;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
