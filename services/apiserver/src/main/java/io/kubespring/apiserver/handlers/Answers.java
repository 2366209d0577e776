package io.kubespring.apiserver.handlers;

import io.kubespring.apiserver.request.ApiResponse;
import java.util.List;

/** What is added to answers. */
public final class Answers {

    private Answers() {}

    /** Adds a Warning header per text; quotes and control characters are escaped as RFC 7234 wants. */
    public static ApiResponse warned(ApiResponse answer, List<String> warnings) {
        ApiResponse result = answer;
        for (String warning : warnings) {
            String text =
                    warning.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\").replace("\"", "\\\"");
            result = result.with("Warning", "299 - \"" + text + "\"");
        }
        return result;
    }
}
