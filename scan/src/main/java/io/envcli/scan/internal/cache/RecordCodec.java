package io.envcli.scan.internal.cache;

import io.envcli.scan.Confidence;
import io.envcli.scan.Use;
import io.envcli.scan.internal.rule.EnvFile;
import io.envcli.scan.internal.rule.Wrapper;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Results as bytes: numbers of four bytes, and texts as their length and their UTF-16 units, which are exact where one
 * stands alone. The name of the file is not among them.
 */
final class RecordCodec {
    private static final int NONE = -1;
    private static final Use.Kind[] KINDS = Use.Kind.values();
    private static final Use.Need[] NEEDS = Use.Need.values();
    private static final Confidence[] CONFIDENCES = Confidence.values();

    private RecordCodec() {}

    static void write(final FileResult result, final RecordWriter to) {
        to.putInt(result.bytes());
        to.putInt(result.uses().size());
        for (final Use use : result.uses()) {
            to.putInt(use.line());
            to.putInt(use.column());
            write(use.language(), to);
            write(use.pattern(), to);
            to.putInt(use.kind().ordinal());
            write(use.name(), to);
            to.putInt(use.need().ordinal());
            write(use.defaultValue(), to);
            to.putInt(use.confidence().ordinal());
        }
        to.putInt(result.wrappers().size());
        for (final Wrapper wrapper : result.wrappers()) {
            write(wrapper.language(), to);
            write(wrapper.name(), to);
            to.putInt(wrapper.hasDefault() ? 1 : 0);
        }
        to.putInt(result.envFiles().size());
        for (final EnvFile named : result.envFiles()) {
            write(named.path(), to);
            to.putInt(named.isRequired() ? 1 : 0);
        }
    }

    private static void write(final @Nullable String text, final RecordWriter to) {
        to.putInt(text == null ? NONE : text.length());
        for (int i = 0; text != null && i < text.length(); i++) {
            to.putChar(text.charAt(i));
        }
    }

    /**
     * Reads a result.
     *
     * @param from at the result.
     * @param file that it is of.
     * @throws RuntimeException of several kinds if this is none; a checksum has been compared before.
     */
    static FileResult read(final ByteBuffer from, final String file) {
        final int bytes = from.getInt();
        final List<Use> uses = new ArrayList<>();
        for (int count = from.getInt(); count > 0; count--) {
            final int line = from.getInt();
            final int column = from.getInt();
            final String language = text(from);
            final String pattern = text(from);
            final Use.Kind kind = KINDS[from.getInt()];
            final String name = text(from);
            final Use.Need need = NEEDS[from.getInt()];
            final String defaultValue = textOrNull(from);
            uses.add(new Use(file, line, column, language, pattern, kind, name, need, defaultValue,
                    CONFIDENCES[from.getInt()]));
        }
        final List<Wrapper> wrappers = new ArrayList<>();
        for (int count = from.getInt(); count > 0; count--) {
            wrappers.add(new Wrapper(text(from), text(from), file, from.getInt() == 1));
        }
        final List<EnvFile> envFiles = new ArrayList<>();
        for (int count = from.getInt(); count > 0; count--) {
            envFiles.add(new EnvFile(file, text(from), from.getInt() == 1));
        }
        return new FileResult(bytes, uses, wrappers, envFiles);
    }

    private static String text(final ByteBuffer from) {
        final String text = textOrNull(from);
        if (text == null) {
            throw new IllegalStateException("a text is missing");
        }
        return text;
    }

    private static @Nullable String textOrNull(final ByteBuffer from) {
        final int length = from.getInt();
        if (length == NONE) {
            return null;
        }
        final char[] units = new char[length];
        for (int i = 0; i < length; i++) {
            units[i] = from.getChar();
        }
        return new String(units);
    }
}
