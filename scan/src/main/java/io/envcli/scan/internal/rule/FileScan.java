package io.envcli.scan.internal.rule;

import io.envcli.scan.Confidence;
import io.envcli.scan.Use;
import io.envcli.scan.internal.text.Lexer;
import io.envcli.scan.internal.text.Places;
import io.envcli.scan.internal.text.Text;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Finds the uses in one file after another.
 *
 * <p>Threading: one thread at a time. Keeps one array as long as the longest file.
 */
public final class FileScan {
    /** So many reads of unknown name in one file are looked at for the function around them. */
    private static final int MOST_UNKNOWN = 200;

    private final Lexer lexer = new Lexer();
    private final List<Wrapper> wrappers = new ArrayList<>();
    private final List<EnvFile> envFiles = new ArrayList<>();
    private final @Nullable Wrappers called;
    private byte[] mask = new byte[0];

    /** Finds uses, and wrappers meanwhile. */
    public FileScan() {
        this(null);
    }

    /**
     * Finds the callers of wrappers.
     *
     * @param called those; null to find all other uses instead.
     */
    public FileScan(final @Nullable Wrappers called) {
        this.called = called;
    }

    /** {@return the wrappers found so far} */
    public List<Wrapper> wrappers() {
        return wrappers;
    }

    /** {@return the files of definitions that were named so far} */
    public List<EnvFile> envFiles() {
        return envFiles;
    }

    /**
     * Whether a rule of a language may match anywhere in a text: fast, and of most files false.
     *
     * @param language of the text.
     * @param address  of the text, absolute, borrowed; {@link io.envcli.simd.PairKernel#OVER_READ} bytes after it must be
     *                 readable.
     * @param length   in bytes.
     * @return false if there is no use in it.
     */
    public static boolean mayUse(final Language language, final long address, final int length) {
        return language.prefilter().finds(address, length);
    }

    /**
     * Finds the uses in a file.
     *
     * @param file     its name, for the uses.
     * @param language of it.
     * @param text     its content, borrowed.
     * @return the uses, in order.
     */
    public List<Use> uses(final String file, final Language language, final Text text) {
        if (mask.length < text.length()) {
            mask = new byte[Math.max(text.length(), 64 * 1024)];
        }
        final Source source = new Source(text, mask);
        final Matcher matcher = new Matcher(language, source);
        if (!matcher.hasPlaces()) {
            return List.of();
        }
        lexer.mask(text.bytes(), text.length(), language.syntax(), mask);
        final List<Found> found = matcher.all();
        if (called != null) {
            return placed(file, language, text,
                    found.stream().filter(use -> !isShadowed(use, file, language, text)).toList());
        }
        found.stream().filter(use -> use.kind() == Use.Kind.UNKNOWN).limit(MOST_UNKNOWN)
                .map(use -> Wrappers.around(language, file, source, use)).filter(Objects::nonNull)
                .forEach(wrappers::add);
        matcher.files().forEach(named -> envFiles.add(new EnvFile(file, named.path(), named.isRequired())));
        return placed(file, language, text, found);
    }

    private boolean isShadowed(final Found use, final String file, final Language language, final Text text) {
        final String id = use.rule().id();
        return called != null && called.isShadowed(language, id.substring(0, id.length() - 2), file, text);
    }

    private Confidence confidence(final Found use) {
        if (called != null) {
            return Confidence.WRAPPER;
        }
        return use.rule().has("literal") ? Confidence.LITERAL : Confidence.ACCESSOR;
    }

    /** Counts lines and characters once over the file. */
    private List<Use> placed(final String file, final Language language, final Text text,
            final List<Found> found) {
        final List<Use> uses = new ArrayList<>();
        final Places places = new Places(text);
        for (final Found use : found.stream().sorted(Comparator.comparingInt(Found::offset)).toList()) {
            places.moveTo(use.offset());
            final Use.Kind kind = use.kind();
            if (kind != null) {
                uses.add(new Use(file, places.line(), places.column(), language.name(), use.rule().id(), kind,
                        use.name(), use.need(),
                        use.defaultValue(), confidence(use)));
            }
        }
        return uses;
    }
}
