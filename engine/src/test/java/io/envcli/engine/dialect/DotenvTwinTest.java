package io.envcli.engine.dialect;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The parser of dialect dotenv against its scalar twin, and against itself where the text is cut elsewhere. */
@ExtendWith(LeakCheck.class)
class DotenvTwinTest {
    private static final int CASES = Integer.getInteger("envcli.cases", 8_000);
    /** Limits so small that generated text runs into them. */
    private static final DotenvLimits SMALL = new DotenvLimits(6, 20, 24, 5);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void readsAsTheTwinDoes() {
        try (TextParser parser = new TextParser(Dialect.DOTENV)) {
            for (int i = 0; i < CASES; i++) {
                final byte[] text = text();
                assertEquals(PlainDotenv.read(text), Reading.of(parser, text), () -> describe(text));
            }
        }
    }

    @Test
    void readsTheSameWhereverTheTextIsCut() {
        try (TextParser whole = new TextParser(Dialect.DOTENV);
                CutParser cut = new CutParser(DotenvLimits.PRODUCT, random)) {
            for (int i = 0; i < CASES; i++) {
                final byte[] text = text();
                assertEquals(Reading.of(whole, text), cut.read(text), () -> describe(text));
            }
        }
    }

    @Test
    void readsTheSameWhereverTheTextIsCutAtItsLimits() {
        try (TextParser whole = new TextParser(new DotenvParser(SMALL), 4_096);
                CutParser cut = new CutParser(SMALL, random)) {
            for (int i = 0; i < CASES; i++) {
                final byte[] text = text();
                assertEquals(Reading.of(whole, text), cut.read(text), () -> describe(text));
            }
        }
    }

    private byte[] text() {
        final byte[] text = Pieces.text(random, 30).getBytes(StandardCharsets.UTF_8);
        return random.nextInt(4) > 0 ? text : broken(text);
    }

    /** Text with something in it that is not UTF-8. */
    private byte[] broken(final byte[] text) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final int at = random.nextInt(text.length + 1);
        out.write(text, 0, at);
        out.writeBytes(Pieces.BROKEN[random.nextInt(Pieces.BROKEN.length)]);
        out.write(text, at, text.length - at);
        return out.toByteArray();
    }

    private String describe(final byte[] text) {
        return "seed " + seed + ", text: " + new String(text, StandardCharsets.ISO_8859_1).replace("\r", "<CR>");
    }
}
