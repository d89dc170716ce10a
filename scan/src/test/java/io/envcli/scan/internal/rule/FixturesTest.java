package io.envcli.scan.internal.rule;

import io.envcli.scan.Use;
import io.envcli.scan.internal.text.Text;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Every fixture has its truth beside it in {@code NAME.uses}: a line a use, with line, name, and {@code =default},
 * {@code ?} where the code asks whether it is there, {@code +} for a definition, {@code *} where the name is unknown.
 */
class FixturesTest {
    private final Languages languages = new Languages();

    private static Path folder() throws URISyntaxException {
        final URL url = Objects.requireNonNull(FixturesTest.class.getResource("/io/envcli/scan/fixtures"));
        return Path.of(url.toURI());
    }

    private static List<Path> fixtures() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> !file.toString().endsWith(".uses")).sorted().toList();
        }
    }

    private static Text text(final Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        return new Text(bytes, bytes.length);
    }

    private Language language(final Path file, final Text text) {
        return Objects.requireNonNull(languages.of(file.toString(), text), file::toString);
    }

    private List<Use> uses(final Path file) throws IOException {
        final Text text = text(file);
        return new FileScan().uses(file.toString(), language(file, text), text);
    }

    private static List<String> truth(final Path file) throws IOException {
        return Files.readAllLines(file.resolveSibling(file.getFileName() + ".uses"));
    }

    private static String told(final Use use) {
        final String told = use.line() + " " + use.name();
        return switch (use.kind()) {
            case UNKNOWN -> told + " *";
            case DEFINITION -> told + " +";
            case READ -> switch (use.need()) {
                case REQUIRED -> told;
                case OPTIONAL -> told + " ?";
                case DEFAULT -> told + " =" + use.defaultValue();
            };
        };
    }

    @TestFactory
    List<DynamicTest> findsWhatIsThere() throws Exception {
        final List<DynamicTest> tests = new ArrayList<>();
        for (final Path file : fixtures()) {
            tests.add(DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> assertEquals(
                    String.join("\n", truth(file)),
                    String.join("\n", uses(file).stream().map(FixturesTest::told).toList()))));
        }
        return tests;
    }

    @Test
    void recallAndPrecision() throws Exception {
        final Map<String, int[]> counts = new TreeMap<>();
        for (final Path file : fixtures()) {
            final List<String> truth = truth(file);
            final List<Use> uses = uses(file);
            final List<String> found = uses.stream().map(FixturesTest::told).toList();
            final int[] count = counts.computeIfAbsent(uses.getFirst().language(), language -> new int[3]);
            count[0] += truth.size();
            count[1] += found.size();
            count[2] += (int) truth.stream().filter(found::contains).count();
        }
        counts.forEach(
                (language, count) -> System.out.printf("%-15s %3d uses: recall %3d%%, precision %3d%%%n", language,
                        count[0], 100 * count[2] / count[0], 100 * count[2] / count[1]));
        counts.forEach((language, count) -> assertTrue(
                100 * count[2] >= 95 * count[0] && 100 * count[2] >= 95 * count[1], language));
    }

    /** A scan looks at no more of a file than its filter if that finds nothing. */
    @Test
    void theFilterLeavesNoFileThatHasUses() throws Exception {
        int files = 0;
        for (final Path file : fixtures()) {
            if (!truth(file).isEmpty()) {
                final Text text = text(file);
                assertTrue(AnyTextTest.finds(language(file, text).prefilter(), text.bytes()), file::toString);
                files++;
            }
        }
        assertTrue(files > 20, files + " files");
    }

    /** The column holds the name, but where the name is made of something else in the text. */
    @Test
    void thePlaceHoldsTheName() throws Exception {
        for (final Path file : fixtures()) {
            final List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            for (final Use use : uses(file)) {
                if (!List.of("Configuration[]", "viper.BindEnv", "viper.AutomaticEnv", "pydantic", "variable")
                        .contains(use.pattern())) {
                    assertTrue(lines.get(use.line() - 1).startsWith(use.name(), use.column() - 1), use::toString);
                }
            }
        }
    }
}
