package io.envcli.scan.internal.scan;

import io.envcli.scan.ScanReport;
import io.envcli.scan.Use;
import io.envcli.scan.internal.rule.EnvFile;
import io.envcli.scan.internal.walk.FileStat;
import io.envcli.scan.internal.walk.FoundFile;
import io.envcli.scan.internal.walk.Walker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the files of definitions that other files name, whatever ignore files say of them, but only below what is scanned:
 * a tree must not have a scan read what lies elsewhere.
 *
 * <p>Threading: one thread.
 */
public final class EnvFileReader {
    private final int largestFile;
    private final boolean follows;
    private final List<Path> roots = new ArrayList<>();
    private final Set<String> read = new HashSet<>();
    private final List<Use> uses = new ArrayList<>();
    private final List<ScanReport.Problem> problems = new ArrayList<>();
    private long bytes;

    /**
     * Makes a reader.
     *
     * @param largestFile that is read, in bytes.
     * @param follows     whether a symbolic link may lead out of what is scanned.
     * @param paths       that are scanned; of a file its folder counts.
     */
    public EnvFileReader(final int largestFile, final boolean follows, final List<Path> paths) {
        this.largestFile = largestFile;
        this.follows = follows;
        for (final Path path : paths) {
            final Path absolute = path.toAbsolutePath().normalize();
            final Path parent = absolute.getParent();
            roots.add(Files.isDirectory(absolute) || parent == null ? absolute : parent);
        }
    }

    /**
     * Reads files, each once.
     *
     * @param named which.
     * @param known names, as shown, of those that have been read.
     */
    public void read(final Collection<EnvFile> named, final Set<String> known) {
        final Map<String, EnvFile> files = new TreeMap<>();
        final Comparator<EnvFile> requiredFirst = Comparator.comparing((EnvFile file) -> !file.isRequired())
                .thenComparing(EnvFile::namedBy);
        named.stream().sorted(requiredFirst).forEach(file -> {
            try {
                files.putIfAbsent(Path.of(file.namedBy()).resolveSibling(file.path()).normalize().toString(), file);
            } catch (final InvalidPathException e) {
                problem(file.namedBy(), file, "no path of this system");
            }
        });
        files.keySet().removeAll(known);
        if (!files.isEmpty()) {
            try (Definitions definitions = new Definitions(); FileText text = new FileText(largestFile)) {
                files.forEach((shown, file) -> read(shown, file, definitions, text));
            }
        }
    }

    private void read(final String shown, final EnvFile file, final Definitions definitions, final FileText text) {
        final Path path = Path.of(shown);
        try {
            if (!isBelow(path)) {
                problem(shown, file, "outside of what is scanned");
                return;
            }
            final FileStat stat = FileStat.of(path, true, false);
            if (stat.type() != FileStat.Type.FILE) {
                problem(shown, file, "no file");
            } else if (!text.read(new FoundFile(path, shown, stat))) {
                problem(shown, file, "larger than " + text.largest() / (1024 * 1024) + " MiB");
            } else if (!text.isBinary()) {
                uses.addAll(definitions.of(shown, text.text()));
                bytes += text.length();
                read.add(shown);
            }
        } catch (final NoSuchFileException e) {
            if (file.isRequired()) {
                problem(shown, file, "missing");
            }
        } catch (final IOException e) {
            problem(shown, file, Walker.reason(e));
        }
    }

    private boolean isBelow(final Path path) throws IOException {
        final Path absolute = path.toAbsolutePath().normalize();
        for (final Path root : roots) {
            if (absolute.startsWith(root) && (follows || absolute.toRealPath().startsWith(root.toRealPath()))) {
                return true;
            }
        }
        return false;
    }

    private void problem(final String shown, final EnvFile file, final String reason) {
        problems.add(new ScanReport.Problem(shown, reason + "; named by env_file in " + file.namedBy()));
    }

    /** {@return the definitions, file by file} */
    public List<Use> uses() {
        return uses;
    }

    /** {@return the names, as shown, of the files that were read} */
    public Set<String> read() {
        return read;
    }

    /** {@return what could not be read} */
    public List<ScanReport.Problem> problems() {
        return problems;
    }

    /** {@return how many bytes the files had} */
    public long bytes() {
        return bytes;
    }
}
