package io.envcli.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A home of its own for one test: XDG folders in a fresh directory, and commands run there. */
final class Sandbox {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private boolean stdinIsTerminal;
    private boolean stdoutIsTerminal;
    private boolean stderrIsTerminal;
    private int columns;

    /** How a command ended, and what it wrote. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Result(int status, byte[] stdout, String err) {
        String out() {
            return new String(stdout, StandardCharsets.UTF_8);
        }

        /** {@return the result read as JSON: maps, lists, strings, numbers, booleans, nulls} */
        Map<String, Object> json() {
            return Sandbox.readObject(stdout);
        }

        /** {@return a field of the result read as JSON} */
        Object field(final String name) {
            final Object value = json().get(name);
            if (value == null) {
                throw new AssertionError("no field " + name + " in " + out());
            }
            return value;
        }

        /** {@return a field that is an array} */
        List<?> array(final String name) {
            return (List<?>) field(name);
        }

        /** {@return a field that is a number} */
        double number(final String name) {
            return ((Number) field(name)).doubleValue();
        }
    }

    Sandbox(final Path folder) {
        this.folder = folder;
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("XDG_DATA_HOME", folder.resolve("data").toString());
        environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    }

    Map<String, String> environment() {
        return environment;
    }

    Path folder() {
        return folder;
    }

    Path store() {
        return folder.resolve("data/env-cli/store");
    }

    Path key() {
        return folder.resolve("config/env-cli/key");
    }

    Sandbox set(final String name, final String value) {
        environment.put(name, value);
        return this;
    }

    /** Says which standard streams are terminals from here on. */
    Sandbox terminals(final boolean stdin, final boolean stdout, final boolean stderr) {
        stdinIsTerminal = stdin;
        stdoutIsTerminal = stdout;
        stderrIsTerminal = stderr;
        return this;
    }

    /** Says how wide the terminal is from here on. */
    Sandbox columns(final int width) {
        columns = width;
        return this;
    }

    /** Writes a file into the sandbox. */
    Path file(final String name, final String text) throws IOException {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Path file(final String name, final byte[] content) throws IOException {
        final Path file = folder.resolve(name);
        final Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return Files.write(file, content);
    }

    Result run(final String... arguments) {
        return runWith(new byte[0], arguments);
    }

    Result runWith(final String stdin, final String... arguments) {
        return runWith(stdin.getBytes(StandardCharsets.UTF_8), arguments);
    }

    Result runWith(final byte[] stdin, final String... arguments) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final Shell shell = new Shell(new ByteArrayInputStream(stdin), out, err, environment, stdinIsTerminal,
                stdoutIsTerminal, stderrIsTerminal, columns);
        final ExitStatus status = Cli.run(List.of(arguments), shell);
        return new Result(status.code(), out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked") // an object it is, or the cast fails the test
    private static Map<String, Object> readObject(final byte[] bytes) {
        try (JsonParser parser = new JsonFactory().createParser(bytes)) {
            parser.nextToken();
            final Map<String, Object> object = (Map<String, Object>) value(parser);
            if (parser.nextToken() != null) {
                throw new AssertionError("more than one JSON value");
            }
            if (bytes[bytes.length - 1] != '\n') {
                throw new AssertionError("no line feed at the end");
            }
            return object == null ? Map.of() : object;
        } catch (final IOException e) {
            throw new AssertionError(new String(bytes, StandardCharsets.UTF_8), e);
        }
    }

    private static @Nullable Object value(final JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                final Map<String, Object> object = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    final String name = parser.currentName();
                    parser.nextToken();
                    final Object value = value(parser);
                    object.put(name, value == null ? "null" : value);
                }
                yield object;
            }
            case START_ARRAY -> {
                final List<Object> array = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    final Object value = value(parser);
                    array.add(value == null ? "null" : value);
                }
                yield array;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }
}
