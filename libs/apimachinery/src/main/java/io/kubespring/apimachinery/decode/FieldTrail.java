package io.kubespring.apimachinery.decode;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where a reader stands in a document; the path's text is made only when something is worth reporting. */
final class FieldTrail {

    private @Nullable String[] names = new String[32];
    private int[] indexes = new int[32];
    private int depth;

    void enterObject() {
        push();
        names[depth - 1] = "";
    }

    void enterList() {
        push();
        names[depth - 1] = null;
        indexes[depth - 1] = -1;
    }

    void field(String name) {
        names[depth - 1] = name;
    }

    void nextItem() {
        indexes[depth - 1]++;
    }

    void leave() {
        depth--;
    }

    private void push() {
        if (depth == names.length) {
            names = Arrays.copyOf(names, depth * 2);
            indexes = Arrays.copyOf(indexes, depth * 2);
        }
        depth++;
    }

    /** {@code spec.containers[0].image}. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            String name = names[i];
            if (name == null) {
                text.append('[').append(indexes[i]).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(name);
            }
        }
        return text.toString();
    }
}
