package io.envcli.scan.internal.walk;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

import java.nio.charset.StandardCharsets;

/**
 * Any bytes at all as an ignore file, and as a path asked about, with {@code JAZZER_FUZZ=1} in the environment. Without it this
 * is skipped: Jazzer would instrument the JVM that the other tests share.
 */
@EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = "1", disabledReason = "set JAZZER_FUZZ=1 to fuzz")
class IgnoreFileFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void noRulesFail(final byte[] bytes) {
        final String text = new String(bytes, StandardCharsets.UTF_8);
        final IgnoreFile rules = IgnoreFile.of(text);
        final String path = "/top/" + text.substring(text.length() / 2);
        rules.match(path, "/top/".length(), false);
        rules.match(path, "/top/".length(), true);
    }
}
