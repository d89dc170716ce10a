package io.envcli.scan;

import io.envcli.scan.Use.Kind;
import io.envcli.scan.Use.Need;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ComparisonTest {
    private static Use use(final String name, final Kind kind, final Need need, final @Nullable String defaultValue,
            final Confidence confidence) {
        return new Use("f.js", 1, 1, "javascript", "process.env", kind, name, need, defaultValue, confidence);
    }

    private static Use read(final String name, final Need need, final @Nullable String defaultValue) {
        return use(name, Kind.READ, need, defaultValue, Confidence.ACCESSOR);
    }

    @Test
    void missingIsWhatIsRequiredAndNotSet() {
        final Comparison comparison = Comparison.of(List.of(read("B", Need.REQUIRED, null),
                read("A", Need.REQUIRED, null),
                read("A", Need.DEFAULT, "x"), read("SET", Need.REQUIRED, null), read("MAYBE", Need.OPTIONAL, null),
                read("HOME", Need.REQUIRED, null), use("expr", Kind.UNKNOWN, Need.REQUIRED, null, Confidence.ACCESSOR),
                use("A_LITERAL", Kind.READ, Need.OPTIONAL, null, Confidence.LITERAL)),
                List.of("SET", "OTHER", "DEF", "A_LITERAL"));
        assertEquals(List.of("A", "B"), comparison.missing().stream().map(Comparison.Entry::name).toList());
        assertEquals(List.of("DEF", "OTHER"), comparison.unused());
        assertEquals(1, comparison.missing().getFirst().uses().size());
    }

    @Test
    void defaultsDifferOnlyIfThereAreTwo() {
        final Comparison comparison = Comparison.of(List.of(read("A", Need.DEFAULT, "1"), read("A", Need.DEFAULT, "2"),
                read("B", Need.DEFAULT, "1"), read("B", Need.DEFAULT, "1"), read("B", Need.REQUIRED, null)),
                List.of("B"));
        assertEquals(List.of("A"), comparison.defaults().stream().map(Comparison.Entry::name).toList());
    }

    @Test
    void anExampleHasNamesPlacesAndTheDefaultThatAllShare() {
        assertEquals("# f.js:1: has a default\n# f.js:1: required\nA='x # y'\n\n# f.js:1: optional\nB=\n",
                ExampleFile.of(List.of(read("B", Need.OPTIONAL, null), read("A", Need.DEFAULT, "x # y"),
                        read("A", Need.REQUIRED, null), read("HOME", Need.REQUIRED, null),
                        use("C", Kind.DEFINITION, Need.REQUIRED, null, Confidence.ACCESSOR))));
        assertEquals("", ExampleFile.of(List.of()));
    }
}
