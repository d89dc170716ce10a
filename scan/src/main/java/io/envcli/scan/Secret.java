package io.envcli.scan;

/**
 * A place in a source tree where a secret stands. It does not hold the secret.
 *
 * @param file   as the user named the top, then the names below it.
 * @param line   from 1.
 * @param column of the secret, from 1, in characters.
 * @param rule   that found it, such as {@code github-token}; {@value #STORE_VALUE} for a value of the store.
 * @param about  what it is, for a person.
 * @param mark   eight hexadecimal digits of a one-way hash of rule and secret, for a {@link Baseline}: who guesses the secret
 *               can test the guess, so it is shown nowhere else.
 */
public record Secret(String file, int line, int column, String rule, String about, String mark) {
    /** The rule that finds values of the store. */
    public static final String STORE_VALUE = "store-value";
}
