package io.envcli.scan.internal.scan;

import io.envcli.scan.Confidence;
import io.envcli.scan.ScanReport;
import io.envcli.scan.Use;
import io.envcli.scan.internal.rule.FileScan;
import io.envcli.scan.internal.rule.Language;
import io.envcli.scan.internal.rule.Languages;
import io.envcli.scan.internal.rule.Wrapper;
import io.envcli.scan.internal.rule.Wrappers;
import io.envcli.scan.internal.text.Text;
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
 * <p>Threading: one thread at a time. Ownership: holds a parser until {@link #close()}.
 */
public final class Collector implements WalkVisitor, AutoCloseable {
    /** The type of files that are definitions: dotenv files. */
    public static final String DOTENV = "dotenv";

    private final Languages languages;
    private final FileText text;
    private final FileScan scan;
    private final @Nullable Wrappers called;
    private @Nullable Definitions definitions;
    private final List<Use> uses = new ArrayList<>();
    private final List<ScanReport.Problem> problems = new ArrayList<>();
    private long files;
    private long bytes;

    /**
     * Makes a collector.
     *
     * @param languages   whose rules apply.
     * @param largestFile that is read, in bytes.
     */
    public Collector(final Languages languages, final int largestFile) {
        this(languages, largestFile, null);
    }

    /**
     * Makes a collector of what calls wrappers, and of nothing else.
     *
     * @param languages   that the files are in.
     * @param largestFile that is read, in bytes.
     * @param called      the wrappers; null to collect all other uses instead.
     */
    public Collector(final Languages languages, final int largestFile, final @Nullable Wrappers called) {
        this.languages = languages;
        this.called = called;
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
        // What has an ending that no language has need not even be opened.
        final List<Language> candidates = languages.candidates(file.shown());
        if (!isDotenv && name.indexOf('.') >= 0 && candidates.isEmpty()) {
            return;
        }
        try {
            final Text content = text.read(file);
            if (content == null) {
                problems().accept(file.shown(), "larger than " + text.largest() / (1024 * 1024) + " MiB; left out");
                return;
            }
            files++;
            bytes += content.length();
            if (FileText.isBinary(content)) {
                return;
            }
            if (isDotenv) {
                define(file.shown(), content);
                return;
            }
            final Language own = languages.of(candidates, file.shown(), content);
            final Language language = own == null || called == null ? own : called.callers(own);
            if (language != null) {
                uses.addAll(scan.uses(file.shown(), language, content));
            }
        } catch (final IOException e) {
            problems().accept(file.shown(), Walker.reason(e));
        }
    }

    private void define(final String file, final Text content) {
        if (definitions == null) {
            definitions = new Definitions();
        }
        definitions.forEach(content, (name, line, column) -> uses.add(new Use(file, line, column, DOTENV, DOTENV,
                Use.Kind.DEFINITION, name, Use.Need.REQUIRED, null, Confidence.ACCESSOR)));
    }

    /** {@return the uses, file by file, those of a file in order} */
    public List<Use> uses() {
        return uses;
    }

    /** {@return the wrappers found} */
    public List<Wrapper> wrappers() {
        return scan.wrappers();
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

    /** Frees the parser. Idempotent. */
    @Override
    public void close() {
        if (definitions != null) {
            definitions.close();
            definitions = null;
        }
    }
}
