package io.envcli.engine;

/**
 * How an import is to be taken.
 *
 * @param strict nothing is imported if a line is rejected.
 * @param prune  variables that the sources lack are unset, in each environment that they give a variable to. Implies
 *               {@code strict}: a rejected line may be a variable that is still wanted.
 */
public record ImportOptions(boolean strict, boolean prune) {
    /** Rejected lines are left out, and what the sources lack stays. */
    public static final ImportOptions NONE = new ImportOptions(false, false);

    /** {@return whether a rejected line keeps everything out} */
    boolean refusesRejects() {
        return strict || prune;
    }
}
