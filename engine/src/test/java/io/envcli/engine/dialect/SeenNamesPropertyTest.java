package io.envcli.engine.dialect;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Duplicates that the text parser warns of, against a plain set of names, on lists that shrink to the name that matters. */
class SeenNamesPropertyTest {
    private static final int SMALL_SLAB = 4_096;

    @Property(tries = 1_000)
    void warnsOfTheDuplicatesThatASetFinds(@ForAll("names") final List<String> names) {
        try (TextParser parser = new TextParser(Dialect.DOTENV.newParser(), SMALL_SLAB)) {
            assertEquals(PlainNames.duplicates(names), PlainNames.found(parser, PlainNames.text(names, '\n')));
            assertEquals(PlainNames.duplicates(names), PlainNames.found(parser, PlainNames.text(names, '\n')));
        }
    }

    /** Often one of few, so that there are duplicates; often alike but for their length; empty ones, which are no names. */
    @Provide
    Arbitrary<List<String>> names() {
        final Arbitrary<String> few = Arbitraries.strings().withChars("AB").ofMaxLength(3);
        final Arbitrary<String> alike = Arbitraries.integers().between(1, 70).map("N"::repeat);
        final Arbitrary<String> any = Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(80);
        return Arbitraries.frequencyOf(Tuple.of(2, few), Tuple.of(2, alike), Tuple.of(1, any)).list().ofMaxSize(300);
    }
}
