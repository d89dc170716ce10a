package io.envcli.scan;

/** How a scan knows that a variable is used: the surest first. */
public enum Confidence {
    /** A call or an expression that is known to read or set the environment. */
    ACCESSOR,
    /** A call, with a literal, of a function of this tree whose body is an accessor on its first parameter. */
    WRAPPER,
    /** A string in a configuration file that looks like a variable's name: capitals, with an underscore in them. */
    LITERAL
}
