package io.envcli.scan;

/** How a scan knows that a variable is used: the surest first. */
public enum Confidence {
    /** A call or an expression that is known to read or set the environment. */
    ACCESSOR,
    /** A call, with a literal, of a function of this tree whose body is an accessor on its parameter. */
    WRAPPER,
    /** A string that looks like a variable's name, in a place where such names stand. */
    LITERAL
}
