package io.envcli.scan.internal.scan;

import io.envcli.engine.dialect.Diagnostics;
import io.envcli.engine.dialect.Dialect;
import io.envcli.engine.dialect.TextParser;
import io.envcli.scan.Confidence;
import io.envcli.scan.Use;
import io.envcli.scan.internal.text.Text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a dotenv file defines, as the engine reads it. No value leaves the parser.
 *
 * <p>Threading: one thread at a time. Ownership: holds memory until {@link #close()}.
 */
final class Definitions implements AutoCloseable {
    private final TextParser parser = new TextParser(Dialect.DOTENV);
    private int lastLine;
    /** Where that line begins. */
    private int start;

    /** Those of a file, in order. */
    List<Use> of(final String file, final Text text) {
        final List<Use> defined = new ArrayList<>();
        lastLine = 1;
        start = 0;
        parser.parse(ByteBuffer.wrap(text.bytes(), 0, text.length()), new Diagnostics(1),
                (buffer, nameOffset, nameLength, valueOffset, valueLength, line) -> {
                    final byte[] name = new byte[nameLength];
                    buffer.getBytes(nameOffset, name);
                    final String decoded = new String(name, StandardCharsets.UTF_8);
                    defined.add(new Use(file, line, column(text, line, decoded), Collector.DOTENV, Collector.DOTENV,
                            Use.Kind.DEFINITION, decoded, Use.Need.REQUIRED, null, Confidence.ACCESSOR));
                });
        return defined;
    }

    /** Of the name in its line: something may stand before it, such as {@code export}. Lines are asked for in order. */
    private int column(final Text text, final int line, final String name) {
        for (; lastLine < line && start < text.length(); lastLine++) {
            start = text.lineEnd(start) + 1;
        }
        final int at = text.string(start, text.lineEnd(start)).indexOf(name);
        return Math.max(0, at) + 1;
    }

    @Override
    public void close() {
        parser.close();
    }
}
