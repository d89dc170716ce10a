package io.envcli.cli;

import io.envcli.engine.StoreReader;
import io.envcli.engine.Variable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The variables of one environment, as a person and a text comparison want them: by name. */
final class Variables {
    /** So many environments are named to somebody who asked for one that is not there. */
    private static final int NEAREST = 3;

    private Variables() {}

    /**
     * Reads all variables of an environment, in the byte order of their names.
     *
     * @param call        the command.
     * @param reader      of the store.
     * @param environment that they are in.
     * @return them, by name; values in the clear.
     * @throws CommandException if there is no such environment.
     */
    static List<Variable> sorted(final Call call, final StoreReader reader, final String environment)
            throws CommandException {
        final List<Variable> variables = new ArrayList<>();
        reader.forEach(environment, variables::add);
        if (variables.isEmpty()) {
            throw none(call, reader, environment);
        }
        // The order of strings is the same where there are no surrogates, and several times as fast.
        final Comparator<String> order = variables.stream().anyMatch(it -> hasSurrogate(it.name()))
                ? Variables::byBytes
                : Comparator.naturalOrder();
        variables.sort(Comparator.comparing(Variable::name, order));
        return variables;
    }

    /**
     * Says that an environment has no variable, as far as that is known.
     *
     * @param call        the command.
     * @param reader      that has found none.
     * @param environment that was asked for.
     * @return the exception, to be thrown.
     */
    static CommandException none(final Call call, final StoreReader reader, final String environment) {
        final List<String> environments = reader.environments();
        return reader.isIncomplete() ? Damage.notFound(call, reader, "the environment " + environment)
                : noEnvironment(environments, environment);
    }

    private static boolean hasSurrogate(final String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isSurrogate(name.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The order of the UTF-8 bytes, which {@link String#compareTo} has not for characters beyond U+FFFF. */
    static int byBytes(final String a, final String b) {
        final int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return rank(a.charAt(i)) - rank(b.charAt(i));
            }
        }
        return a.length() - b.length();
    }

    /** Halves of such characters come after all others. */
    private static int rank(final char c) {
        return Character.isSurrogate(c) ? c + Character.MAX_VALUE : c;
    }

    /**
     * Says that there is no such environment, or nothing in it, and which one was meant.
     *
     * @param environments that there are.
     * @param environment  that was asked for.
     * @return the exception, to be thrown.
     */
    static CommandException noEnvironment(final List<String> environments, final String environment) {
        if (environments.contains(environment)) {
            return CommandException.no("nothing is set in " + environment);
        }
        if (environments.isEmpty()) {
            return CommandException.no("nothing is set in any environment; import something first");
        }
        final List<String> nearest = nearest(environments, environment);
        final String near = nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?";
        return CommandException.no("there is no environment " + environment + (environment.equals(
                Call.DEFAULT_ENVIRONMENT) ? ", which is meant where " + CommonOptions.ENV + " names none" : "") + near
                + " ('env-cli list --environments'"
                + " shows " + (environments.size() == 1 ? "the one there is)" : "all " + environments.size() + ")"));
    }

    /** The one that is nearly the same, and some that end in the same segment: whoever asks for production has several. */
    private static List<String> nearest(final List<String> environments, final String environment) {
        final Set<String> nearest = new LinkedHashSet<>();
        Nearest.to(environment, environments).ifPresent(nearest::add);
        if (environments.size() == 1) {
            nearest.addAll(environments); // There is nothing else to mean.
        }
        final String end = "/" + environment.substring(environment.lastIndexOf('/') + 1);
        environments.stream().filter(it -> it.endsWith(end)).limit(NEAREST).forEach(nearest::add);
        return nearest.stream().limit(NEAREST).toList();
    }
}
