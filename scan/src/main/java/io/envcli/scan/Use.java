package io.envcli.scan;

import org.jspecify.annotations.Nullable;

/**
 * A place in a source tree that has to do with an environment variable.
 *
 * @param file         as the user named the top, then the names below it.
 * @param line         from 1.
 * @param column       of the name, or of the expression, from 1, in characters.
 * @param language     such as {@code javascript}.
 * @param pattern      the rule that found it, such as {@code process.env}; stays the same for ever.
 * @param kind         what it does.
 * @param name         of the variable; of an unknown one the expression that makes its name.
 * @param need         what happens if the variable is not set.
 * @param defaultValue what is used then: the content of a literal, else the expression; null if there is none.
 * @param confidence   how this is known.
 */
public record Use(String file, int line, int column, String language, String pattern, Kind kind, String name, Need need,
        @Nullable String defaultValue, Confidence confidence) {
    /** What it does with the variable. */
    public enum Kind {
        /** Reads it. */
        READ,
        /** Reads one whose name is made while the program runs. */
        UNKNOWN,
        /** Sets it for others to read. */
        DEFINITION
    }

    /** What happens if the variable is not set. */
    public enum Need {
        /** Nothing stands in for it. */
        REQUIRED,
        /** The code asks whether it is there. */
        OPTIONAL,
        /** A default is used. */
        DEFAULT
    }
}
