package io.envcli.scan.internal.rule;

/** Any bytes at all as a source of every language. */
public final class AnySourceFuzz {
    private static final AnySource SOURCE = new AnySource();

    private AnySourceFuzz() {}

    /**
     * Tries one.
     *
     * @param bytes of a source file.
     */
    public static void fuzzerTestOneInput(final byte[] bytes) {
        SOURCE.check(bytes);
    }
}
