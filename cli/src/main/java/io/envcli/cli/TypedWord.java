package io.envcli.cli;

/** A word as somebody typed it into a shell, which has not yet looked at quotes, {@code ~} and variables. */
final class TypedWord {
    private TypedWord() {}

    /**
     * What the shell will most likely make of it. Nothing is run, and what is not closed yet is taken as closed.
     *
     * @param typed the word.
     * @param shell whose environment has the variables.
     * @return the word without quotes, with the home folder and variables in it.
     */
    static String plain(final String typed, final Shell shell) {
        final StringBuilder plain = new StringBuilder();
        int i = 0;
        if (typed.equals("~") || typed.startsWith("~/")) {
            plain.append(shell.variable("HOME"));
            i = 1;
        }
        char quote = 0;
        while (i < typed.length()) {
            final char c = typed.charAt(i);
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == '\\' && quote != '\'' && i + 1 < typed.length()) {
                i++;
                plain.append(typed.charAt(i));
            } else if (c == '$' && quote != '\'') {
                i = variable(typed, i, shell, plain);
                continue;
            } else {
                plain.append(c);
            }
            i++;
        }
        return plain.toString();
    }

    /** Appends what a variable holds; returns where the text goes on. */
    private static int variable(final String typed, final int at, final Shell shell, final StringBuilder plain) {
        final boolean braced = typed.startsWith("${", at);
        final int from = at + (braced ? 2 : 1);
        int to = from;
        while (to < typed.length() && (Character.isLetterOrDigit(typed.charAt(to)) || typed.charAt(to) == '_')) {
            to++;
        }
        if (to == from || (braced && (to == typed.length() || typed.charAt(to) != '}'))) {
            plain.append('$');
            return at + 1;
        }
        plain.append(shell.variable(typed.substring(from, to)));
        return braced ? to + 1 : to;
    }
}
