package io.envcli.dist;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One jar, as a CycloneDX bill of materials has it.
 *
 * @param group    of the artifact.
 * @param jar      name of its file.
 * @param licences what its pom names: SPDX identifiers, expressions of them, or names.
 */
record Component(String group, String jar, List<String> licences) {
    /**
     * Reads the components of a bill.
     *
     * @param bom the file, JSON.
     * @return all of its components, in its order.
     * @throws IOException if it cannot be read.
     */
    static List<Component> of(final Path bom) throws IOException {
        final List<Component> components = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(bom.toFile())) {
            json.nextToken();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                final String field = json.currentName();
                json.nextToken();
                if (field.equals("components")) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        components.add(component(json));
                    }
                } else {
                    json.skipChildren();
                }
            }
        }
        return components;
    }

    private static Component component(final JsonParser json) throws IOException {
        String group = "";
        String name = "";
        String version = "";
        final List<String> licences = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            final String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "group" -> group = json.getText();
                case "name" -> name = json.getText();
                case "version" -> version = json.getText();
                case "licenses" -> {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        licences(json, licences);
                    }
                }
                default -> json.skipChildren();
            }
        }
        return new Component(group, name + "-" + version + ".jar", List.copyOf(licences));
    }

    /** {@code {"license":{"id":…}}}, {@code {"license":{"name":…}}} or {@code {"expression":…}}. */
    private static void licences(final JsonParser json, final List<String> licences) throws IOException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            final String field = json.currentName();
            json.nextToken();
            if (field.equals("license")) {
                licences(json, licences);
            } else if (List.of("id", "name", "expression").contains(field)) {
                licences.add(json.getText());
            } else {
                json.skipChildren();
            }
        }
    }
}
