package io.envcli.scan;

import io.envcli.engine.KnownValues;
import io.envcli.engine.dialect.TextParser;
import io.envcli.scan.internal.cache.Records;
import io.envcli.scan.internal.cache.ResultCache;
import io.envcli.scan.internal.cache.Version;
import io.envcli.scan.internal.rule.EnvFile;
import io.envcli.scan.internal.rule.Languages;
import io.envcli.scan.internal.rule.Wrapper;
import io.envcli.scan.internal.rule.Wrappers;
import io.envcli.scan.internal.scan.Collector;
import io.envcli.scan.internal.scan.EnvFileReader;
import io.envcli.scan.internal.scan.Known;
import io.envcli.scan.internal.secret.Redaction;
import io.envcli.scan.internal.secret.SecretFinder;
import io.envcli.scan.internal.secret.SecretRules;
import io.envcli.scan.internal.walk.WalkOptions;
import io.envcli.scan.internal.walk.Walker;
import io.envcli.simd.Kernels;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Finds which environment variables a source tree reads and defines.
 *
 * <p>Reading and matching run on several threads. Each holds the file that it looks at up to three times, as long as the
 * longest so far ({@value #LARGEST_FILE} bytes at most): outside the heap, and where it may hold a use also in the heap, as
 * text and as a mark for each byte. So memory depends on the largest file and on what is found, not on the size of the tree;
 * what is outside the heap is freed when the scan ends. Threading: any thread; a scan holds its own state.
 */
public final class Scanner {
    /** A larger file is left out, and told as a problem: no source is. */
    public static final int LARGEST_FILE = 16 * 1024 * 1024;

    private final Languages languages = new Languages();
    private final @Nullable Path cacheFolder;
    private final InstantSource clock;

    /** Reads every file in every scan. */
    public Scanner() {
        this(null);
    }

    /**
     * Reads what has changed since the last scan of the same request, and says the same as if it had read all.
     *
     * @param cacheFolder where scans leave results for the next; need not exist, nor be writable; null for nowhere.
     */
    public Scanner(final @Nullable Path cacheFolder) {
        this(cacheFolder, InstantSource.system());
    }

    /** With another clock: what is as new as its time is not cached. */
    Scanner(final @Nullable Path cacheFolder, final InstantSource clock) {
        this.cacheFolder = cacheFolder;
        this.clock = clock;
    }

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
        return scan(request, SecretSearch.NONE);
    }

    /**
     * Scans, and looks for secrets in every file that is text, whatever its language.
     *
     * @param request what.
     * @param search  for which secrets.
     * @return what was found.
     * @throws IOException              if a path named in the request does not exist or cannot be read.
     * @throws IllegalArgumentException if there is no such type of files, or a glob stands for too many patterns.
     */
    public ScanReport scan(final ScanRequest request, final SecretSearch search) throws IOException {
        final ResultCache cache = cache(request, search);
        final Redaction redaction = new Redaction();
        final SecretRules rules = search.isWanted() ? new SecretRules() : null;
        final List<Collector> collectors = walk(request, cache != null, () -> new Collector(languages, redaction,
                LARGEST_FILE, null, rules == null ? null : new SecretFinder(rules, search),
                cache == null ? null : new Known(cache.results(), cache.resultWriter())));
        final List<Wrapper> wrappers = new ArrayList<>();
        collectors.forEach(collector -> wrappers.addAll(collector.wrappers()));
        // Who calls a wrapper is only known once all wrappers are: where there is one, files are looked into once more.
        final Wrappers called = new Wrappers(languages, wrappers);
        final Records known = cache == null ? Records.NONE : cache.callers(called.hash());
        final List<Collector> callers = called.isEmpty() ? List.of()
                : walk(request, cache != null, () -> new Collector(languages, redaction, LARGEST_FILE, called, null,
                        cache == null ? null : new Known(known, cache.callerWriter())));
        if (cache != null) {
            cache.save();
        }
        return report(collectors, callers, envFiles(request, collectors), secrets(collectors, search.known()));
    }

    /** Which files are named as definitions is only known once all that may name them have been read. */
    private static EnvFileReader envFiles(final ScanRequest request, final List<Collector> collectors) {
        final List<EnvFile> named = new ArrayList<>();
        final Set<String> known = new HashSet<>();
        for (final Collector collector : collectors) {
            named.addAll(collector.envFiles());
            collector.dotenvFiles().forEach(file -> known.add(Path.of(file).normalize().toString()));
        }
        final EnvFileReader reader = new EnvFileReader(LARGEST_FILE, request.follows(), request.paths());
        reader.read(named, known);
        return reader;
    }

    /** Values of a store are looked for anew each time: what was none of them may have become one. */
    private @Nullable ResultCache cache(final ScanRequest request, final SecretSearch search) {
        if (cacheFolder == null || search.known() != null) {
            return null;
        }
        try {
            final long version = Version.of(List.of(Scanner.class, TextParser.class, Kernels.class));
            final StringBuilder text = new StringBuilder().append(search.byForm()).append(request.obeysIgnoreFiles())
                    .append(request.hidden()).append(request.follows()).append(request.globs()).append(request.types())
                    .append(request.base().toAbsolutePath());
            request.paths()
                    .forEach(path -> text.append('\0').append(path).append('\0').append(path.toAbsolutePath()));
            return new ResultCache(cacheFolder, text.toString(), 31 * version + (search.byForm() ? 1 : 0),
                    TimeUnit.MILLISECONDS.toNanos(clock.millis()));
        } catch (final IOException e) {
            return null;
        }
    }

    private List<Collector> walk(final ScanRequest request, final boolean exactly,
            final Supplier<Collector> collector) throws IOException {
        final WalkOptions options = new WalkOptions(request.obeysIgnoreFiles(), request.hidden(), request.follows(),
                request.globs(), exactly, wanted(request.types()), Scanner::isNeverHidden);
        final List<Collector> collectors = new ArrayList<>();
        try {
            for (int i = 0; i < request.threads(); i++) {
                collectors.add(collector.get());
            }
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

    /** Who has a value is read here, on the thread of the store's reader. */
    private static List<Secret> secrets(final List<Collector> collectors, final @Nullable KnownValues known) {
        final List<Secret> secrets = new ArrayList<>();
        for (final Collector collector : collectors) {
            for (final SecretFinder.Finding finding : collector.secrets()) {
                final Secret secret = finding.secret();
                if (known == null || finding.handle() < 0) {
                    secrets.add(secret);
                } else {
                    final KnownValues.Holder holder = known.holder(finding.handle());
                    secrets.add(new Secret(secret.file(), secret.line(), secret.column(), secret.rule(),
                            "value of " + holder.name() + " in " + holder.environment(), secret.mark()));
                }
            }
        }
        secrets.sort(Comparator.comparing(Secret::file, Scanner::byPathBytes).thenComparingInt(Secret::line)
                .thenComparingInt(Secret::column));
        return secrets.stream().distinct().toList();
    }

    private static ScanReport report(final List<Collector> collectors, final List<Collector> callers,
            final EnvFileReader envFiles, final List<Secret> secrets) {
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
        final Set<Place> called = new HashSet<>();
        callers.forEach(collector -> collector.uses().forEach(use -> called.add(Place.of(use))));
        uses.removeIf(use -> use.confidence() == Confidence.LITERAL && called.contains(Place.of(use)));
        callers.forEach(collector -> uses.addAll(collector.uses()));
        // What defines variables has no names in it that only look like some.
        uses.removeIf(use -> use.confidence() == Confidence.LITERAL && envFiles.read().contains(use.file()));
        uses.addAll(envFiles.uses());
        problems.addAll(envFiles.problems());
        uses.sort(Comparator.comparing(Use::file, Scanner::byPathBytes).thenComparingInt(Use::line)
                .thenComparingInt(Use::column));
        problems.sort(Comparator.comparing(ScanReport.Problem::file, Scanner::byPathBytes)
                .thenComparing(ScanReport.Problem::reason));
        // A folder may be named twice, or inside another.
        return new ScanReport(Redaction.beside(uses.stream().distinct().toList(), secrets), secrets,
                List.copyOf(problems),
                files + envFiles.read().size(), bytes + envFiles.bytes());
    }

    /** Where a use stands: what is known as one is not told as a string that looks like one, too. */
    private record Place(String file, int line, int column) {
        static Place of(final Use use) {
            return new Place(use.file(), use.line(), use.column());
        }
    }

    private static int byPathBytes(final String a, final String b) {
        return a.equals(b) ? 0 : Arrays.compareUnsigned(bytes(a), bytes(b));
    }

    private static byte[] bytes(final String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }
}
