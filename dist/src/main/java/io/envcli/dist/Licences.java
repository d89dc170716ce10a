package io.envcli.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gathers the licences of all jars in a folder: the texts that a jar carries itself and, where it carries none, that of the
 * Apache License, if its pom names that one. Fails if a jar is left without a text, or is not the one in the bill of materials.
 */
final class Licences {
    private static final String OWN = "io.envcli";
    /** Ours by name alone: picocli, compiled anew. */
    private static final String PICOCLI = "env-cli-picocli-";
    private static final String APACHE = "Apache-2.0";
    private static final Pattern TEXT = Pattern
            .compile("META-INF/(?:[\\w.-]*(?:LICEN[CS]E|NOTICE|COPYING)[\\w.-]*|AL2\\.0|LGPL2\\.1)",
                    Pattern.CASE_INSENSITIVE);

    private final Path jars;
    private final Path folder;
    /** From a jar to a line about it. */
    private final TreeMap<String, String> index = new TreeMap<>();

    private Licences(final Path jars, final Path folder) {
        this.jars = jars;
        this.folder = folder;
    }

    /**
     * Gathers them.
     *
     * @param args the bill of materials, CycloneDX as JSON; the folder of the jars; the folder to write to.
     * @throws IOException if something cannot be read or written.
     */
    public static void main(final String[] args) throws IOException {
        gather(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
    }

    /**
     * Gathers them.
     *
     * @param bom    the bill of materials, CycloneDX as JSON.
     * @param jars   the folder of the jars.
     * @param folder to write to, which is made.
     * @throws IOException           if something cannot be read or written.
     * @throws IllegalStateException if a licence is missing, or bill and folder have other jars.
     */
    static void gather(final Path bom, final Path jars, final Path folder) throws IOException {
        if (Files.notExists(bom)) {
            throw new IllegalStateException(bom + " is not there: what makes it does nothing where Maven is offline;"
                    + " leave out -o");
        }
        final Licences licences = new Licences(jars, folder);
        final List<Component> components = Component.of(bom);
        licences.requireSameJars(components);
        Files.createDirectories(folder);
        licences.writeApache(components);
        for (final Component component : components) {
            if (component.jar().startsWith(PICOCLI)) {
                licences.add(new Component(component.group(), component.jar(), List.of(APACHE)));
            } else if (!component.group().equals(OWN)) {
                licences.add(component);
            }
        }
        Files.write(folder.resolve("INDEX"), licences.index.values());
    }

    /** What an earlier build left in the folder would otherwise be shipped. */
    private void requireSameJars(final List<Component> components) throws IOException {
        final Set<String> listed = components.stream().map(Component::jar)
                .collect(Collectors.toCollection(TreeSet::new));
        listed.removeIf(jar -> jar.startsWith("env-cli-cli-")); // beside the folder, under another name
        try (Stream<Path> files = Files.list(jars)) {
            final Set<String> present = files.map(file -> String.valueOf(file.getFileName()))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!present.equals(listed)) {
                throw new IllegalStateException(jars + " has " + present + " and the bill of materials " + listed
                        + "; run 'mvn clean' first");
            }
        }
    }

    /** Some jars carry the text of the Apache License; it is the same for those that do not. */
    private void writeApache(final List<Component> components) throws IOException {
        for (final Component component : components) {
            if (component.licences().equals(List.of(APACHE))) {
                try (JarFile jar = new JarFile(jars.resolve(component.jar()).toFile())) {
                    final JarEntry entry = jar.getJarEntry("META-INF/LICENSE");
                    final String text = entry == null ? "" : text(jar, entry);
                    if (text.contains("Apache License") && text.contains("END OF TERMS AND CONDITIONS")) {
                        Files.writeString(folder.resolve(APACHE), text);
                        return;
                    }
                }
            }
        }
        throw new IllegalStateException("none of the jars carries the text of " + APACHE);
    }

    private void add(final Component component) throws IOException {
        final String name = component.jar().replaceFirst("\\.jar$", "");
        final List<String> texts = new ArrayList<>();
        try (JarFile jar = new JarFile(jars.resolve(component.jar()).toFile())) {
            for (final JarEntry entry : jar.stream().sorted((a, b) -> a.getName().compareTo(b.getName())).toList()) {
                if (TEXT.matcher(entry.getName()).matches()) {
                    final Path file = folder.resolve(name).resolve(entry.getName().substring("META-INF/".length()));
                    Files.createDirectories(folder.resolve(name));
                    Files.writeString(file, text(jar, entry));
                    texts.add(name + "/" + file.getFileName());
                }
            }
        }
        if (texts.stream().noneMatch(text -> text.toUpperCase(Locale.ROOT).contains("LICEN"))) {
            if (!component.licences().contains(APACHE)) {
                throw new IllegalStateException(component + " carries no licence, and it is not " + APACHE);
            }
            texts.addFirst(APACHE);
        }
        index.put(component.jar(), component.jar() + "\t" + String.join(" or ", component.licences()) + "\t"
                + String.join(" ", texts));
    }

    private static String text(final JarFile jar, final JarEntry entry) throws IOException {
        return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }
}
