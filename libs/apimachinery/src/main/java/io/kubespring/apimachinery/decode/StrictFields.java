package io.kubespring.apimachinery.decode;

import java.util.ArrayList;
import java.util.List;

/** Words what field validation (Strict, Warn) has to say about unknown and duplicate fields, as upstream does. */
public final class StrictFields {

    private StrictFields() {}

    /** One text a field, unknown ones first: {@code unknown field "spec.foo"}, {@code duplicate field "spec.bar"}. */
    public static List<String> warnings(List<String> unknown, List<String> duplicate) {
        var texts = new ArrayList<String>(unknown.size() + duplicate.size());
        for (String path : unknown) {
            texts.add("unknown field \"" + path + '"');
        }
        for (String path : duplicate) {
            if (!unknown.contains(path)) {
                texts.add("duplicate field \"" + path + '"');
            }
        }
        return texts;
    }

    /** The text of Strict's refusal without what stands before it: {@code strict decoding error: …}. */
    public static String message(List<String> unknown, List<String> duplicate) {
        return "strict decoding error: " + String.join(", ", warnings(unknown, duplicate));
    }
}
