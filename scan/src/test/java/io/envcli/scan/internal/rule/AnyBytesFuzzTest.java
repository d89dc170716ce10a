package io.envcli.scan.internal.rule;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Any bytes at all as a source of every language, with {@code JAZZER_FUZZ=1} in the environment. Without it this is skipped:
 * Jazzer would instrument the JVM that the other tests share.
 */
@EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = "1", disabledReason = "set JAZZER_FUZZ=1 to fuzz")
class AnyBytesFuzzTest {
    private final AnySource source = new AnySource();

    @FuzzTest(maxDuration = "60s")
    void noBytesFailAndEveryPlaceIsInTheFile(final byte[] bytes) {
        source.check(bytes);
    }
}
