package io.envcli.scan;

import io.envcli.engine.dialect.DotenvWriter;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes what a {@code .env.example} holds: every variable that the code reads, with comments on where. */
public final class ExampleFile {
    private static final int PLACES = 3;
    /** A name that dotenv has. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

    private ExampleFile() {}

    /**
     * Writes it.
     *
     * @param uses of a scan.
     * @return dotenv text: names sorted; the default where all readers agree on one that dotenv can write. Empty if the code
     *         reads nothing that a person sets.
     */
    public static String of(final List<Use> uses) {
        final StringBuilder text = new StringBuilder();
        for (final Map.Entry<String, List<Use>> entry : Comparison.reads(uses).entrySet()) {
            final List<Use> reads = entry.getValue().stream().filter(Comparison::isSetByPeople).toList();
            final String line = reads.isEmpty() ? "" : line(entry.getKey(), onlyDefault(reads));
            if (!line.isEmpty()) {
                text.append(text.isEmpty() ? "" : "\n");
                comments(text, reads);
                text.append(line);
            }
        }
        return text.toString();
    }

    private static void comments(final StringBuilder text, final List<Use> reads) {
        for (final Use use : reads.subList(0, Math.min(PLACES, reads.size()))) {
            // A path may hold a line feed, and a comment may not.
            text.append("# ").append(use.file().replaceAll("\\p{Cntrl}", "?")).append(':').append(use.line());
            text.append(switch (use.need()) {
                case REQUIRED -> ": required\n";
                case OPTIONAL -> ": optional\n";
                case DEFAULT -> ": has a default\n";
            });
        }
        if (reads.size() > PLACES) {
            text.append("# and ").append(reads.size() - PLACES).append(" more\n");
        }
    }

    private static String onlyDefault(final List<Use> reads) {
        final Set<String> values = new LinkedHashSet<>();
        reads.stream().filter(use -> use.defaultValue() != null).forEach(use -> values.add("" + use.defaultValue()));
        return values.size() == 1 ? values.iterator().next() : "";
    }

    /** Without the default where dotenv cannot write it; nothing where it cannot write the name. */
    private static String line(final String name, final String value) {
        if (value.isEmpty()) {
            // Not the quotes of DotenvWriter: what follows is a comment or the end, which no reader takes for a value.
            return NAME.matcher(name).matches() ? name + "=\n" : "";
        }
        final byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        final byte[] both = (name + value).getBytes(StandardCharsets.UTF_8);
        final byte[] line = new byte[DotenvWriter.maxLength(utf8.length, both.length - utf8.length)];
        final int length = DotenvWriter.write(new UnsafeBuffer(both), 0, utf8.length, utf8.length,
                both.length - utf8.length, new UnsafeBuffer(line), 0);
        if (length >= 0) {
            return new String(line, 0, length, StandardCharsets.UTF_8);
        }
        return length == DotenvWriter.NO_FORM ? name + "=\n" : "";
    }
}
