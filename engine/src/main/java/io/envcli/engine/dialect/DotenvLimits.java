package io.envcli.engine.dialect;

/**
 * How far the parser of dialect {@code dotenv} looks. All in bytes of source text, so where a slab is cut cannot matter.
 *
 * @param name       longest name.
 * @param together   longest name, {@code =} and value together, decoded.
 * @param lookahead  how far after an opening quote its closing quote may stand; also the longest unquoted value as written.
 * @param whitespace longest run of whitespace that is looked through: after {@code export}, before {@code =}, after it, and
 *                   after a closing quote. Where a longer one is met, what would have to follow it counts as absent.
 */
record DotenvLimits(int name, int together, int lookahead, int whitespace) {
    /**
     * What users get. The longest statement that is still undecided, {@code export}, four runs of whitespace, name,
     * separator, and a quoted value, is shorter than {@link DialectParser#MAX_TAIL}.
     */
    static final DotenvLimits PRODUCT = new DotenvLimits(65_535, 131_071, 131_072, 16_000);

    /** Slack for characters that begin before a limit and end after it. */
    private static final int SLACK = 64;

    DotenvLimits {
        final int longest = "export".length() + name + 4 * whitespace + 1 + lookahead + SLACK;
        if (longest > DialectParser.MAX_TAIL) {
            throw new IllegalArgumentException(
                    "longest undecided statement=" + longest + " exceeds MAX_TAIL=" + DialectParser.MAX_TAIL);
        }
    }
}
