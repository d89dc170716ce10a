package io.envcli.engine.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Example files of public projects are read as npm dotenv's classic parser itself read them. */
@ExtendWith(LeakCheck.class)
class CorpusTest {
    private static final String EXPECTED = ".dotenv18.json";

    @Test
    void readsTheCorpusAsTheToolDoes() throws IOException {
        final Optional<Path> found = find();
        assumeTrue(found.isPresent(), "skipped: no folder shared/corpus beside the repository, and system property"
                + " envcli.corpus does not name one");
        final Path corpus = found.orElseThrow();
        final Path expected = corpus.resolve("expected");
        final List<Path> answers = new ArrayList<>();
        try (Stream<Path> files = Files.walk(expected)) {
            files.filter(file -> file.toString().endsWith(EXPECTED)).sorted().forEach(answers::add);
        }
        int variables = 0;
        for (final Path answer : answers) {
            final String name = expected.relativize(answer).toString();
            final Path file = corpus.resolve("files").resolve(name.substring(0, name.length() - EXPECTED.length()));
            final List<Map.Entry<String, String>> pairs = pairs(answer);
            final Reading reading = Reading.of(Dialect.DOTENV, Files.readAllBytes(file));
            assertEquals(pairs, List.copyOf(reading.object().entrySet()), name);
            variables += pairs.size();
        }
        assertTrue(answers.size() > 50 && variables > 1_000, answers.size() + " files, " + variables + " variables");
    }

    private static Optional<Path> find() {
        final String named = System.getProperty("envcli.corpus");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            final Path corpus = folder.resolve("shared/corpus");
            if (Files.isDirectory(corpus.resolve("expected"))) {
                return Optional.of(corpus);
            }
            folder = folder.getParent();
        }
        return Optional.empty();
    }

    /** The file is {@code {"vars": [[name, value], …]}}, made of the object that the tool returns. */
    private static List<Map.Entry<String, String>> pairs(final Path file) throws IOException {
        final List<Map.Entry<String, String>> pairs = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            final List<String> strings = new ArrayList<>();
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    strings.add(json.getText());
                }
            }
            for (int i = 0; i < strings.size(); i += 2) {
                pairs.add(Map.entry(strings.get(i), strings.get(i + 1)));
            }
        }
        return pairs;
    }
}
