package io.envcli.cli;

import java.net.URL;
import java.util.List;

/** The entry point of the process. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process with its status. It halts: an ordinary exit would load the classes of
     * logging, and there is nothing left to be done, since every stream is flushed and every store closed.
     *
     * @param args as typed after the program's name.
     */
    public static void main(final String[] args) {
        prepare();
        Runtime.getRuntime().halt(Cli.run(List.of(args), Shell.ofProcess()).code());
    }

    /** What must be done once before the first command. */
    static void prepare() {
        // Else picocli looks for Groovy, and the class loader opens every jar to find that there is none.
        System.setProperty("picocli.disable.closures", "true");
        // Nor has any option a type of the JDK's that it would look up, with their methods, to convert to.
        System.setProperty("picocli.converters.excludes", "java\\..*");
        // Else the JDK's ciphers, which make one http address, look for somebody who speaks http in every jar.
        URL.setURLStreamHandlerFactory(new NoHttp());
    }
}
