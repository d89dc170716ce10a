package io.envcli.scan.internal.rule;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

class WrappersTest {
    private static final Languages ALL = new Languages();

    private static boolean mayCall(final Wrappers wrappers, final String text) {
        final Language callers = Objects.requireNonNull(wrappers.callers(ALL.named("javascript")));
        return AnyTextTest.finds(callers.prefilter(), text.getBytes(StandardCharsets.UTF_8));
    }

    /** A file is looked into for callers if one of the wrappers' names stands in it, and not for the language's own rules. */
    @Test
    void theFilterOfCallersLooksForTheNamesOfWrappers() {
        final Wrappers wrappers = new Wrappers(ALL, List.of(new Wrapper("javascript", "requireEnv", "a.js", false),
                new Wrapper("javascript", "getConfigurationValue", "a.js", true),
                new Wrapper("javascript", "e", "b.js", false)));
        for (final String text : List.of("requireEnv('A')", "x = getConfigurationValue ('A', 'b')", "[e('A')]",
                "cfg.requireEnv")) {
            assertEquals(true, mayCall(wrappers, text), text);
        }
        for (final String text : List.of("", "process.env.A", "requireEnvironment('A')", "getConfigurationValu",
                "getConfigurationvalue('A')", "fee('A')")) {
            assertEquals(false, mayCall(wrappers, text), text);
        }
        assertNull(wrappers.callers(ALL.named("python")));
    }
}
