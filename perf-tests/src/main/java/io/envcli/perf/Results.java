package io.envcli.perf;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes results as JSON, reads them, and finds the middle of samples. */
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

    /**
     * Reads an object back.
     *
     * @param file of one object.
     * @return names and values: {@code Double} or {@code Long}, texts, lists, further objects.
     * @throws IOException if the file cannot be read, or is something else.
     */
    public static Map<String, Object> read(final Path file) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException(file + ": not a JSON object");
            }
            return readObject(parser);
        }
    }

    private static Map<String, Object> readObject(final JsonParser parser) throws IOException {
        final Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            final String name = parser.currentName();
            parser.nextToken();
            object.put(name, readValue(parser));
        }
        return object;
    }

    private static Object readValue(final JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> {
                final List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(readValue(parser));
                }
                yield list;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> parser.getText();
        };
    }

    /**
     * A number of an object that was read.
     *
     * @param object from {@link #read}, or part of it.
     * @param name   of the number.
     * @return the number, -1 if it is not there.
     */
    public static double number(final Map<String, Object> object, final String name) {
        return object.get(name) instanceof final Number number ? number.doubleValue() : -1;
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
