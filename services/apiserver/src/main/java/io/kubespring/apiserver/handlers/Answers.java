package io.kubespring.apiserver.handlers;

import io.kubespring.apiserver.request.ApiResponse;
import java.util.List;

/** What is added to answers. */
public final class Answers {

    private Answers() {}

    /** Adds a Warning header per text. */
    public static ApiResponse warned(ApiResponse answer, List<String> warnings) {
        ApiResponse result = answer;
        for (String warning : warnings) {
            result = result.with("Warning", ApiResponse.warning(warning));
        }
        return result;
    }
}
