package io.envcli.cli;

import io.envcli.engine.StoreReader;
import io.envcli.engine.Variable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The variables of one environment, as a person and a text comparison want them: by name. */
final class Variables {
    private Variables() {}

    /**
     * Reads all variables of an environment.
     *
     * @param reader      of the store.
     * @param environment that they are in.
     * @return them, by name; values in the clear.
     * @throws CommandException if there is no such environment.
     */
    static List<Variable> sorted(final StoreReader reader, final String environment) throws CommandException {
        final List<Variable> variables = new ArrayList<>();
        reader.forEach(environment, variables::add);
        if (variables.isEmpty()) {
            throw noEnvironment(reader.environments(), environment);
        }
        variables.sort(Comparator.comparing(Variable::name));
        return variables;
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
        final String near = Nearest.to(environment, environments).map(it -> "; did you mean " + it + "?").orElse("");
        if (environments.isEmpty()) {
            return CommandException.no("nothing is set in any environment; import something first");
        }
        return CommandException.no("there is no environment " + environment + near + " ('env-cli list --environments'"
                + " shows " + (environments.size() == 1 ? "the one there is)" : "all " + environments.size() + ")"));
    }
}
