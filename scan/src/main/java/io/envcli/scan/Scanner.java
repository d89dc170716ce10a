package io.envcli.scan;

import io.envcli.scan.internal.rule.Languages;
import io.envcli.scan.internal.rule.Wrapper;
import io.envcli.scan.internal.rule.Wrappers;
import io.envcli.scan.internal.scan.Collector;
import io.envcli.scan.internal.walk.WalkOptions;
import io.envcli.scan.internal.walk.Walker;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds which environment variables a source tree reads and defines.
 *
 * <p>Reading and matching run on several threads; each keeps one file in memory, so that memory depends on the largest file
 * that is read ({@value #LARGEST_FILE} bytes at most) and on what is found, not on the size of the tree. Threading: any
 * thread; a scan holds its own state.
 */
public final class Scanner {
    /** A larger file is left out, and told as a problem: no source is. */
    public static final int LARGEST_FILE = 16 * 1024 * 1024;

    private final Languages languages = new Languages();

    /** {@return the names that {@link ScanRequest#types()} may have, sorted} */
    public List<String> types() {
        final List<String> types = new ArrayList<>(languages.types());
        types.add(Collector.DOTENV);
        types.sort(null);
        return types;
    }

    /**
     * Scans.
     *
     * @param request what.
     * @return what was found.
     * @throws IOException              if a path named in the request does not exist or cannot be read.
     * @throws IllegalArgumentException if there is no such type of files, or a glob stands for too many patterns.
     */
    public ScanReport scan(final ScanRequest request) throws IOException {
        final List<Collector> collectors = walk(request, null);
        final List<Wrapper> wrappers = new ArrayList<>();
        collectors.forEach(collector -> wrappers.addAll(collector.wrappers()));
        // Who calls a wrapper is only known once all wrappers are: where there is one, files are looked into once more.
        final Wrappers called = new Wrappers(languages, wrappers);
        return report(collectors, called.isEmpty() ? List.of() : walk(request, called));
    }

    private List<Collector> walk(final ScanRequest request, final @Nullable Wrappers called) throws IOException {
        final List<Collector> collectors = new ArrayList<>();
        for (int i = 0; i < request.threads(); i++) {
            collectors.add(new Collector(languages, LARGEST_FILE, called));
        }
        final WalkOptions options = new WalkOptions(request.obeysIgnoreFiles(), request.hidden(), request.follows(),
                request.globs(), wanted(request.types()), Scanner::isNeverHidden);
        try {
            new Walker(options, request.base()).walk(request.paths(), collectors);
        } finally {
            collectors.forEach(Collector::close);
        }
        return collectors;
    }

    /** Where variables are set and workflows are, though by their names they are hidden. */
    private static boolean isNeverHidden(final String name) {
        return name.equals(".env") || name.startsWith(".env.") || name.equals(".github");
    }

    private Predicate<String> wanted(final List<String> types) {
        Predicate<String> wanted = types.isEmpty() ? name -> true : name -> false;
        for (final String type : types) {
            if (!types().contains(type)) {
                throw new IllegalArgumentException(
                        "type=" + type + " is unknown; use one of: " + String.join(", ", types()));
            }
            wanted = wanted.or(type.equals(Collector.DOTENV) ? Collector::isDotenv : languages.isOfType(type));
        }
        return wanted;
    }

    private static ScanReport report(final List<Collector> collectors, final List<Collector> callers) {
        final List<Use> uses = new ArrayList<>();
        final List<ScanReport.Problem> problems = new ArrayList<>();
        long files = 0;
        long bytes = 0;
        for (final Collector collector : collectors) {
            uses.addAll(collector.uses());
            problems.addAll(collector.problemsFound());
            files += collector.files();
            bytes += collector.bytes();
        }
        callers.forEach(collector -> uses.addAll(collector.uses()));
        uses.sort(Comparator.comparing(Use::file, Scanner::byPathBytes).thenComparingInt(Use::line)
                .thenComparingInt(Use::column));
        problems.sort(Comparator.comparing(ScanReport.Problem::file, Scanner::byPathBytes)
                .thenComparing(ScanReport.Problem::reason));
        // A folder may be named twice, or inside another.
        return new ScanReport(uses.stream().distinct().toList(), List.copyOf(problems), files, bytes);
    }

    private static int byPathBytes(final String a, final String b) {
        return a.equals(b) ? 0 : Arrays.compareUnsigned(bytes(a), bytes(b));
    }

    private static byte[] bytes(final String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }
}
