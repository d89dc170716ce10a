package io.envcli.scan.internal.scan;

import io.envcli.scan.ScanReport;
import io.envcli.scan.Use;
import io.envcli.scan.internal.cache.FileResult;
import io.envcli.scan.internal.cache.Records;
import io.envcli.scan.internal.rule.EnvFile;
import io.envcli.scan.internal.rule.FileScan;
import io.envcli.scan.internal.rule.Language;
import io.envcli.scan.internal.rule.Languages;
import io.envcli.scan.internal.rule.Wrapper;
import io.envcli.scan.internal.rule.Wrappers;
import io.envcli.scan.internal.secret.Redaction;
import io.envcli.scan.internal.secret.SecretFinder;
import io.envcli.scan.internal.walk.FoundFile;
import io.envcli.scan.internal.walk.WalkVisitor;
import io.envcli.scan.internal.walk.Walker;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Reads files and keeps what they use.
 *
 * <p>Threading: one thread at a time. Ownership: holds a parser, a finder and memory for files until {@link #close()}.
 */
public final class Collector implements WalkVisitor, AutoCloseable {
    /** The type of files that are definitions: dotenv files. */
    public static final String DOTENV = "dotenv";

    private final Languages languages;
    private final Redaction redaction;
    private final FileText text;
    private final FileScan scan;
    private final @Nullable Wrappers called;
    private final @Nullable SecretFinder finder;
    private final @Nullable Known known;
    private @Nullable Definitions definitions;
    private final List<Use> uses = new ArrayList<>();
    private final List<Wrapper> wrappers = new ArrayList<>();
    private final List<EnvFile> envFiles = new ArrayList<>();
    private final List<String> dotenvFiles = new ArrayList<>();
    private final List<SecretFinder.Finding> secrets = new ArrayList<>();
    private final List<ScanReport.Problem> problems = new ArrayList<>();
    private long files;
    private long bytes;

    /**
     * Makes a collector.
     *
     * @param languages   whose rules apply.
     * @param redaction   of what is kept.
     * @param largestFile that is read, in bytes.
     * @param called      the wrappers whose callers are wanted, and nothing else; null for all other uses.
     * @param secrets     finds those; transferred to this object; null if nobody asked for them.
     * @param known       what need not be read; null if nothing is known.
     */
    public Collector(final Languages languages, final Redaction redaction, final int largestFile,
            final @Nullable Wrappers called, final @Nullable SecretFinder secrets, final @Nullable Known known) {
        this.languages = languages;
        this.redaction = redaction;
        this.called = called;
        this.finder = secrets;
        this.known = known;
        this.scan = new FileScan(called);
        this.text = new FileText(largestFile);
    }

    /**
     * Whether a file's name says that it is a dotenv file.
     *
     * @param path of it, with slashes.
     * @return whether it does, as for an import.
     */
    public static boolean isDotenv(final String path) {
        final String name = path.substring(path.lastIndexOf('/') + 1);
        return name.equals(".env") || name.startsWith(".env.") || name.startsWith(".env-") || name.startsWith(".env_")
                || name.endsWith(".env");
    }

    @Override
    public BiConsumer<String, String> problems() {
        return (file, reason) -> problems.add(new ScanReport.Problem(file, reason));
    }

    @Override
    public void file(final FoundFile file) {
        final String name = file.shown().substring(file.shown().lastIndexOf('/') + 1);
        final boolean isDotenv = called == null && isDotenv(name);
        final List<Language> candidates = languages.candidates(file.shown());
        if (!isDotenv && !mayHold(name, candidates)) {
            return;
        }
        if (isDotenv) {
            dotenvFiles.add(file.shown());
        }
        final int kind = 31 * kind(candidates, isDotenv) + file.shown().hashCode();
        final int at = known == null ? Records.NO : known.records().find(file.stat(), kind);
        if (known != null && at != Records.NO) {
            known.writer().reuse(known.records(), at);
            take(known.records().result(at, file.shown()));
            return;
        }
        try {
            if (!text.read(file)) {
                problems().accept(file.shown(), "larger than " + text.largest() / (1024 * 1024) + " MiB; left out");
                return;
            }
            look(file, candidates, isDotenv, kind);
        } catch (final IOException e) {
            problems().accept(file.shown(), Walker.reason(e));
        }
    }

    /** What has an ending that no language has need not even be opened, but for secrets; nor what calls no wrapper. */
    private boolean mayHold(final String name, final List<Language> candidates) {
        if (candidates.isEmpty()) {
            return finder != null || name.indexOf('.') < 0;
        }
        return called == null || candidates.stream().anyMatch(language -> called.callers(language) != null);
    }

    private static int kind(final List<Language> candidates, final boolean isDotenv) {
        int kind = isDotenv ? 1 : 0;
        for (final Language language : candidates) {
            kind = 31 * kind + language.name().hashCode();
        }
        return kind;
    }

    private void look(final FoundFile file, final List<Language> candidates, final boolean isDotenv, final int kind) {
        final List<SecretFinder.Finding> found = finder == null || text.isBinary() ? List.of()
                : finder.find(file.shown(), text.text());
        secrets.addAll(found);
        final int before = scan.wrappers().size();
        final int namedBefore = scan.envFiles().size();
        final List<Use> all = isDotenv ? defined(file.shown()) : uses(file.shown(), candidates);
        final FileResult result = new FileResult(text.length(), all.stream().map(redaction::byForm).toList(),
                List.copyOf(scan.wrappers().subList(before, scan.wrappers().size())),
                List.copyOf(scan.envFiles().subList(namedBefore, scan.envFiles().size())));
        take(result);
        // No secret is to lie in a cache, nor what might be one.
        if (known != null && found.isEmpty() && result.uses().stream().noneMatch(Redaction::mayShowSecret)) {
            known.writer().add(file.stat(), kind, result);
        }
    }

    /** Most files are left without having been looked at but for their literals. */
    private List<Use> uses(final String file, final List<Language> candidates) {
        final Language own = languages.of(candidates, file, text::text);
        final Language language = own == null || called == null ? own : called.callers(own);
        return language == null || !text.mayUse(language) || text.isBinary() ? List.of()
                : scan.uses(file, language, text.text());
    }

    private void take(final FileResult result) {
        files++;
        bytes += result.bytes();
        uses.addAll(result.uses());
        wrappers.addAll(result.wrappers());
        envFiles.addAll(result.envFiles());
    }

    private List<Use> defined(final String file) {
        if (text.isBinary()) {
            return List.of();
        }
        if (definitions == null) {
            definitions = new Definitions();
        }
        return definitions.of(file, text.text());
    }

    /** {@return the uses, file by file, those of a file in order} */
    public List<Use> uses() {
        return uses;
    }

    /** {@return the secrets, file by file, those of a file in order} */
    public List<SecretFinder.Finding> secrets() {
        return secrets;
    }

    /** {@return the wrappers found} */
    public List<Wrapper> wrappers() {
        return wrappers;
    }

    /** {@return the files of definitions that were named} */
    public List<EnvFile> envFiles() {
        return envFiles;
    }

    /** {@return the names, as shown, of the dotenv files that were taken} */
    public List<String> dotenvFiles() {
        return dotenvFiles;
    }

    /** {@return what could not be read} */
    public List<ScanReport.Problem> problemsFound() {
        return problems;
    }

    /** {@return how many files were read} */
    public long files() {
        return files;
    }

    /** {@return how many bytes they had} */
    public long bytes() {
        return bytes;
    }

    /** Frees the parser, the finder and the memory for files; what was found stays. Idempotent. */
    @Override
    public void close() {
        text.close();
        if (finder != null) {
            finder.close();
        }
        if (definitions != null) {
            definitions.close();
            definitions = null;
        }
    }
}
