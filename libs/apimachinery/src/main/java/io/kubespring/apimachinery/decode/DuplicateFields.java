package io.kubespring.apimachinery.decode;

import java.util.ArrayList;
import java.util.List;

/**
 * What readers note of fields that stand more than once: JSON's their paths, YAML's a sentence each, as upstream's two
 * readers do. Which of them it was shows in how a note begins.
 */
public final class DuplicateFields {

    /** No path begins so: the reader of JSON gives fields' names first. */
    static final String YAML = "\n  ";

    private DuplicateFields() {}

    /** The paths alone. */
    public static List<String> paths(List<String> noted) {
        return noted.stream().filter(each -> !each.startsWith(YAML)).toList();
    }

    /** What is to be told of YAML, a sentence a field. */
    public static List<String> sentences(List<String> noted) {
        List<String> sentences = new ArrayList<>(0);
        for (String each : noted) {
            if (each.startsWith(YAML)) {
                sentences.add(each.substring(YAML.length()));
            }
        }
        return sentences;
    }

    /** The sentences as one error's text. */
    public static String error(List<String> sentences) {
        return "yaml: unmarshal errors:" + YAML + String.join(YAML, sentences);
    }
}
