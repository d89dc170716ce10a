package io.envcli.perf.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A tree of source files in four languages, the same bytes for the same seed: code of about {@value #BYTES} bytes a file, of
 * which one in {@value #ONE_IN} reads variables. No comment and no string names an accessor, so that whoever finds the
 * literals and whoever understands the code must find the same lines.
 */
final class SourceTree {
    /** In a folder. */
    static final int FILES_IN_FOLDER = 100;
    private static final int BYTES = 4_096;
    private static final int ONE_IN = 10;
    private static final String[] WORDS = {"request", "user", "order", "count", "index", "result", "table", "client",
        "buffer", "handler", "status", "message", "config", "session", "token", "process", "environment", "value"};

    private final long seed;
    private final int files;

    /** How one language writes what is generated; {@code %1$s} is a word, {@code %2$d} a number. */
    private record Language(String ending, String comment, String code, String read) {}

    private static final List<Language> LANGUAGES = List.of(
            new Language(".js", "// the %1$s of %2$d", "  const %1$s%2$d = compute(%2$d, \"%1$s\");",
                    "  const v%2$d = process.env.%3$s;"),
            new Language(".py", "# the %1$s of %2$d", "%1$s%2$d = compute(%2$d, '%1$s')",
                    "v%2$d = os.environ['%3$s']"),
            new Language(".go", "// the %1$s of %2$d", "\t%1$s%2$d := compute(%2$d, \"%1$s\")",
                    "\tv%2$d := os.Getenv(\"%3$s\")"),
            new Language(".java", "// the %1$s of %2$d", "    int %1$s%2$d = compute(%2$d, \"%1$s\");",
                    "    String v%2$d = System.getenv(\"%3$s\");"));
    /** What stands in the text of every read. */
    static final List<String> LITERALS = List.of("process.env.", "os.environ[", "os.Getenv(", "System.getenv(");

    /**
     * What was generated.
     *
     * @param reads how many lines read a variable.
     * @param bytes of all files.
     */
    record Truth(long reads, long bytes) {}

    /**
     * A tree.
     *
     * @param seed  of what is in it.
     * @param files how many.
     */
    SourceTree(final long seed, final int files) {
        this.seed = seed;
        this.files = files;
    }

    /** Writes it. */
    Truth generate(final Path folder) throws IOException {
        final Random random = new Random(seed);
        long reads = 0;
        long bytes = 0;
        for (int file = 0; file < files; file++) {
            final Path parent = folder.resolve("m" + file / FILES_IN_FOLDER);
            if (file % FILES_IN_FOLDER == 0) {
                Files.createDirectories(parent);
            }
            final Language language = LANGUAGES.get(random.nextInt(LANGUAGES.size()));
            final int wanted = random.nextInt(ONE_IN) == 0 ? 1 + random.nextInt(5) : 0;
            final byte[] text = text(language, random, wanted).getBytes(StandardCharsets.UTF_8);
            Files.write(parent.resolve("f" + file + language.ending()), text);
            reads += wanted;
            bytes += text.length;
        }
        return new Truth(reads, bytes);
    }

    private static String text(final Language language, final Random random, final int reads) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < reads; i++) {
            text.append(language.read().formatted("", i, "VARIABLE_" + random.nextInt(1_000))).append('\n');
        }
        while (text.length() < BYTES) {
            final String form = random.nextInt(5) == 0 ? language.comment() : language.code();
            text.append(form.formatted(WORDS[random.nextInt(WORDS.length)], random.nextInt(10_000))).append('\n');
        }
        return text.toString();
    }
}
