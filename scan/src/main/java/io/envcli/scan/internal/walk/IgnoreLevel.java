package io.envcli.scan.internal.walk;

import io.envcli.scan.internal.walk.IgnoreFile.Verdict;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The ignore rules of one folder, with those of all folders above it behind them, in ripgrep's order: an {@code .ignore}
 * anywhere goes before every {@code .gitignore}, which goes before {@code .git/info/exclude}; of one kind the nearest file
 * that says something decides. Git's files count only inside a repository, and only up to its top.
 *
 * <p>Threading: immutable.
 */
final class IgnoreLevel {
    /** Ignores nothing. */
    static final IgnoreLevel NONE = new IgnoreLevel(null, "", IgnoreFile.NONE, IgnoreFile.NONE, IgnoreFile.NONE, false);

    private static final String IGNORE = ".ignore";
    private static final String GITIGNORE = ".gitignore";
    private static final String GIT = ".git";
    private static final String GITDIR = "gitdir: ";

    private final @Nullable IgnoreLevel above;
    /** The folder as the paths asked about begin with it, and a slash. */
    private final String prefix;
    private final IgnoreFile ignore;
    private final IgnoreFile gitignore;
    private final IgnoreFile exclude;
    private final boolean isRepository;
    private final boolean isInRepository;

    private IgnoreLevel(final @Nullable IgnoreLevel above, final String prefix, final IgnoreFile ignore,
            final IgnoreFile gitignore, final IgnoreFile exclude, final boolean isRepository) {
        this.above = above;
        this.prefix = prefix;
        this.ignore = ignore;
        this.gitignore = gitignore;
        this.exclude = exclude;
        this.isRepository = isRepository;
        this.isInRepository = isRepository || (above != null && above.isInRepository);
    }

    /**
     * The rules that hold in a folder.
     *
     * @param above  those of the folder above.
     * @param prefix of the paths in this folder, with a slash at its end.
     * @param folder to read ignore files from.
     * @return the level; the one above where this folder adds nothing.
     * @throws IOException if an ignore file cannot be read.
     */
    static IgnoreLevel of(final IgnoreLevel above, final String prefix, final Path folder) throws IOException {
        final boolean hasIgnore = Files.exists(folder.resolve(IGNORE));
        final boolean hasGitignore = Files.exists(folder.resolve(GITIGNORE));
        final boolean hasGit = Files.exists(folder.resolve(GIT));
        if (!hasIgnore && !hasGitignore && !hasGit) {
            return above;
        }
        return new IgnoreLevel(above, prefix, hasIgnore ? read(folder.resolve(IGNORE)) : IgnoreFile.NONE,
                hasGitignore ? read(folder.resolve(GITIGNORE)) : IgnoreFile.NONE,
                hasGit ? read(excludeOf(folder.resolve(GIT))) : IgnoreFile.NONE, hasGit);
    }

    /**
     * The rules that hold in the folder given, from the folders above it.
     *
     * @param absolute the folder.
     * @return the level, to be asked about absolute paths.
     * @throws IOException if an ignore file cannot be read.
     */
    static IgnoreLevel above(final Path absolute) throws IOException {
        final Path parent = absolute.getParent();
        if (parent == null) {
            return NONE;
        }
        final String prefix = parent.toString();
        return of(above(parent), prefix.endsWith("/") ? prefix : prefix + "/", parent);
    }

    private static IgnoreFile read(final Path file) throws IOException {
        return Files.isRegularFile(file)
                ? IgnoreFile.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                : IgnoreFile.NONE;
    }

    /** In a linked worktree {@code .git} is a file that names the folder, which names the one that all worktrees share. */
    private static Path excludeOf(final Path git) throws IOException {
        Path folder = git;
        if (Files.isRegularFile(git)) {
            final String text = Files.readString(git, StandardCharsets.ISO_8859_1).strip();
            folder = text.startsWith(GITDIR) ? git.resolveSibling(text.substring(GITDIR.length())) : git;
            final Path common = folder.resolve("commondir");
            if (Files.isRegularFile(common)) {
                folder = folder.resolve(Files.readString(common, StandardCharsets.ISO_8859_1).strip());
            }
        }
        return folder.resolve("info").resolve("exclude");
    }

    /**
     * What all rules together say.
     *
     * @param path     beginning with the prefix of this level.
     * @param isFolder whether it is a folder.
     * @return the verdict.
     */
    Verdict match(final String path, final boolean isFolder) {
        Verdict byGitignore = Verdict.NONE;
        Verdict byExclude = Verdict.NONE;
        boolean inside = isInRepository;
        for (IgnoreLevel level = this; level != null; level = level.above) {
            final int start = level.prefix.length();
            final Verdict byIgnore = level.ignore.match(path, start, isFolder);
            if (byIgnore != Verdict.NONE) {
                return byIgnore;
            }
            if (inside) {
                byGitignore = byGitignore == Verdict.NONE ? level.gitignore.match(path, start, isFolder) : byGitignore;
                byExclude = byExclude == Verdict.NONE ? level.exclude.match(path, start, isFolder) : byExclude;
                inside = !level.isRepository;
            }
        }
        return byGitignore == Verdict.NONE ? byExclude : byGitignore;
    }
}
