package io.envcli.perf.workload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text that names, values and comments are cut from: long loops of words, and where in them words start. All ASCII, so that it may
 * be cut anywhere. */
final class Texts {
    /** Parts of names, joined by {@code _}. */
    static final Texts NAMES = new Texts('_', "DATABASE", "URL", "REDIS", "HOST", "PORT", "AWS", "ACCESS", "KEY", "ID",
            "SECRET",
            "TOKEN", "API", "SMTP", "USER", "PASSWORD", "LOG", "LEVEL", "SENTRY", "DSN", "APP", "NAME", "S3",
            "BUCKET", "REGION", "JWT", "SESSION", "TIMEOUT", "MAX", "CONNECTIONS", "NEXT", "PUBLIC", "STRIPE",
            "WEBHOOK", "ENABLE", "FEATURE", "CACHE", "TTL", "SERVICE", "ENDPOINT", "OAUTH", "CLIENT", "MAIL", "FROM");
    /** Values that need no quotes. */
    static final Texts PLAIN = new Texts('/', "localhost:5432", "https:", "api.example.com", "true", "v2", "production",
            "postgres:", "app@db.internal", "debug", "us-east-1", "3000", "info", "var", "lib", "data", "eu-west-3",
            "amqp:", "guest", "10.0.12.7", "false", "json", "smtp.example.org", "587");
    /** Values that need quotes, for their spaces and hashes. */
    static final Texts QUOTED = new Texts(' ', "My", "Application", "<noreply@example.org>", "a", "#tag", "b,c", "two",
            "words", "$HOME", "100%", "[x]", "*/5", "* * *", "key=value;", "up", "(c)", "fin");
    /** Comments; they hold quotes, assignments and apostrophes, which no reader may take for values. */
    static final Texts COMMENTS = new Texts(' ', "Set", "this", "to", "the", "URL", "of", "your", "database;", "don't",
            "commit", "real", "secrets", "here,", "see", "https://example.com/docs#env", "OLD_KEY=\"value\"",
            "(optional)",
            "default:", "`true`", "in", "production", "---------", "it", "is", "required", "when", "'cluster'", "mode",
            "runs.");

    private static final int CAPACITY = 1 << 13;

    private final byte[] text;
    private final short[] starts;

    /** Words follow each other in a fixed, mixed order. */
    private Texts(final char separator, final String... words) {
        final StringBuilder builder = new StringBuilder(CAPACITY + 64);
        final short[] found = new short[CAPACITY];
        int count = 0;
        for (long i = 0; builder.length() < CAPACITY; i++) {
            if (builder.length() < CAPACITY / 2) {
                found[count++] = (short) builder.length();
            }
            builder.append(words[Draws.scale(Draws.mix(i), words.length)]).append(separator);
        }
        text = builder.toString().getBytes(StandardCharsets.US_ASCII);
        starts = Arrays.copyOf(found, count);
    }

    /**
     * Copies some of the text, from the start of a random word.
     *
     * @param bits   random ones.
     * @param into   receives the text.
     * @param offset of its first byte.
     * @param length in bytes, at most 4,000.
     */
    void copy(final long bits, final byte[] into, final int offset, final int length) {
        System.arraycopy(text, starts[Draws.scale(bits, starts.length)], into, offset, length);
    }
}
