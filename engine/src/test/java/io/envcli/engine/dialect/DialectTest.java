package io.envcli.engine.dialect;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Dialects by name, what is reported about a text, and the ways to hand a text in. */
@ExtendWith(LeakCheck.class)
class DialectTest {
    @Test
    void dialectsAreFoundByLabelAndCode() {
        for (final Dialect dialect : Dialect.values()) {
            assertEquals(dialect, Dialect.fromLabel(dialect.label()));
            assertEquals(dialect, Dialect.fromCode(dialect.code()));
        }
        // Journals hold these for ever.
        assertEquals(1, Dialect.DOTENV.code());
        assertEquals(2, Dialect.ENVIRON.code());
    }

    @Test
    void anUnknownLabelNamesThoseThereAre() {
        final Exception e = assertThrows(IllegalArgumentException.class, () -> Dialect.fromLabel("ruby"));
        assertEquals("dialect=ruby is unknown; use one of: dotenv, environ", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Dialect.fromCode((byte) 99));
    }

    @Test
    void diagnosticsCountAllAndKeepTheFirst() {
        final Diagnostics diagnostics = new Diagnostics(2);
        diagnostics.add(Reason.UNCLOSED_QUOTE, 7, 3, '"');
        diagnostics.add(Reason.VALUE_NOT_UTF8, 2, 9, 0x0F);
        diagnostics.add(Reason.VALUE_NOT_UTF8, 8, 9, 0xFF);
        assertEquals(2, diagnostics.rejects());
        assertEquals(1, diagnostics.warnings());
        assertEquals(2, diagnostics.count(Reason.VALUE_NOT_UTF8));
        assertEquals(List.of("2:9 value is not valid UTF-8 (byte 0x0F); the line was rejected",
                "7:3 quote \" is never closed; the value is this line alone, quote included"),
                diagnostics.toList().stream().map(d -> d.line() + ":" + d.column() + " " + d.message()).toList());
        assertThrows(IndexOutOfBoundsException.class, () -> diagnostics.get(2));
        diagnostics.clear();
        assertEquals(0, diagnostics.rejects() + diagnostics.warnings() + diagnostics.size());
        assertThrows(IllegalArgumentException.class, () -> new Diagnostics(-1));
    }

    @Test
    void aTextMayComeInManyWays(@TempDir final Path folder) throws IOException {
        final byte[] text = "A=1\nB='\n'\n".getBytes(StandardCharsets.UTF_8);
        final Path file = Files.write(folder.resolve(".env"), text);
        final List<String> seen = new ArrayList<>();
        final VariableVisitor visitor = (buffer, name, nameLength, value, valueLength, line) -> seen
                .add(buffer.getStringWithoutLengthUtf8(name, nameLength) + line + valueLength);
        try (TextParser parser = new TextParser(Dialect.DOTENV)) {
            parser.parse(text, new Diagnostics(1), visitor);
            parser.parse(ByteBuffer.wrap(text), new Diagnostics(1), visitor);
            parser.parse(file, new Diagnostics(1), visitor);
        }
        assertEquals(List.of("A11", "B21", "A11", "B21", "A11", "B21"), seen);
    }

    @Test
    void limitsThatDoNotFitTheTailAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new DotenvLimits(65_535, 131_071, 131_072, 20_000));
    }
}
