package io.envcli.perf;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes results as JSON, and finds the middle of samples. */
public final class Results {
    private Results() {}

    /**
     * The median of some samples.
     *
     * @param samples at least one, in any order.
     * @return the middle one, or the mean of the two in the middle.
     */
    public static double median(final double... samples) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("no samples");
        }
        final double[] sorted = samples.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * Writes an object.
     *
     * @param file   to write; replaced.
     * @param object names and values: numbers, texts, lists, further objects.
     * @throws IOException if the file cannot be written.
     */
    public static void write(final Path file, final Map<String, ?> object) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(Files.newBufferedWriter(file))) {
            json.useDefaultPrettyPrinter();
            write(json, object);
        }
        Files.writeString(file, Files.readString(file) + "\n");
    }

    private static void write(final JsonGenerator json, final Object value) throws IOException {
        switch (value) {
            case final Map<?, ?> object -> {
                json.writeStartObject();
                for (final Map.Entry<?, ?> field : object.entrySet()) {
                    json.writeFieldName(field.getKey().toString());
                    write(json, field.getValue());
                }
                json.writeEndObject();
            }
            case final List<?> list -> {
                json.writeStartArray();
                for (final Object element : list) {
                    write(json, element);
                }
                json.writeEndArray();
            }
            case final Double number -> json.writeNumber(rounded(number));
            case final Integer number -> json.writeNumber(number);
            case final Long number -> json.writeNumber(number);
            default -> json.writeString(value.toString());
        }
    }

    /** Six significant digits: more than any of these figures deserves. */
    private static double rounded(final double number) {
        if (number == 0 || !Double.isFinite(number)) {
            return number;
        }
        final double scale = Math.pow(10, 5 - Math.floor(Math.log10(Math.abs(number))));
        return Math.rint(number * scale) / scale;
    }
}
