package io.kubespring.controllers.job;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Completion indexes of Indexed Jobs, and how a status writes them: "0,2-4". */
final class Indexes {

    static final String ANNOTATION = "batch.kubernetes.io/job-completion-index";

    private Indexes() {}

    /** Of a Pod; -1 where it has none. */
    static int of(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        String text = annotations == null ? null : annotations.get(ANNOTATION);
        try {
            return text == null ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            return -1;
        }
    }

    static SortedSet<Integer> parse(@Nullable String text) {
        var indexes = new TreeSet<Integer>();
        if (text == null || text.isEmpty()) {
            return indexes;
        }
        for (String range : text.split(",")) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
            for (int index = first; index <= last; index++) {
                indexes.add(index);
            }
        }
        return indexes;
    }

    static String format(SortedSet<Integer> indexes) {
        List<String> ranges = new ArrayList<>();
        List<Integer> sorted = List.copyOf(indexes);
        for (int i = 0; i < sorted.size(); ) {
            int end = i;
            while (end + 1 < sorted.size() && sorted.get(end + 1) == sorted.get(end) + 1) {
                end++;
            }
            ranges.add(
                    end == i ? sorted.get(i).toString() : sorted.get(i) + (end == i + 1 ? "," : "-") + sorted.get(end));
            i = end + 1;
        }
        return String.join(",", ranges);
    }
}
