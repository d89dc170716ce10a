package io.envcli.engine.dialect;

import io.envcli.offheap.testing.LeakCheck;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Generated text is read as the real npm dotenv reads it. */
@ExtendWith(LeakCheck.class)
class NpmDotenvTest {
    private static final int CASES = Integer.getInteger("envcli.cases", 8_000);

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        final Optional<String> unavailable = NpmDotenv.unavailable();
        assumeTrue(unavailable.isEmpty(), unavailable::orElseThrow);
    }

    @Test
    void readsGeneratedTextAsTheToolDoes() throws IOException, InterruptedException {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final List<byte[]> texts = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            texts.add(Pieces.text(random, 40).getBytes(StandardCharsets.UTF_8));
        }
        final List<Map<String, String>> answers = NpmDotenv.parse(texts);
        try (TextParser parser = new TextParser(Dialect.DOTENV)) {
            for (int i = 0; i < CASES; i++) {
                final byte[] text = texts.get(i);
                assertEquals(answers.get(i), Reading.of(parser, text).object(), () -> "seed " + seed + ", text: "
                        + new String(text, StandardCharsets.UTF_8).replace("\r", "<CR>"));
            }
        }
    }
}
