package io.envcli.engine.dialect;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The parser of dialect dotenv against its scalar twin, on texts that shrink to the piece that makes the difference. */
class DotenvPropertyTest {
    @Property(tries = 2_000)
    void readsAsItsTwinDoes(@ForAll("texts") final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertEquals(PlainDotenv.read(bytes), Reading.of(Dialect.DOTENV, bytes));
    }

    @Provide
    Arbitrary<String> texts() {
        return Pieces.texts();
    }
}
