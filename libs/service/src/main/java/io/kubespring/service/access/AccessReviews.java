package io.kubespring.service.access;

import io.kubespring.client.KubeClient;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Whether callers may, asked of the API server once in a while (SubjectAccessReview). Failures are not remembered. */
public final class AccessReviews {

    private static final int MOST_ANSWERS = 1000;

    private final KubeClient client;
    private final Duration allowedLife;
    private final Duration deniedLife;
    private final ExpiringCache<AccessQuestion, Boolean> answers;

    public AccessReviews(KubeClient client, Duration allowedLife, Duration deniedLife) {
        this.client = client;
        this.allowedLife = allowedLife;
        this.deniedLife = deniedLife;
        this.answers = new ExpiringCache<>(client.time(), MOST_ANSWERS);
    }

    /** @return an error where the API server could not be asked */
    public Mono<Boolean> allowed(AccessQuestion question) {
        Boolean known = answers.get(question).orElse(null);
        return known != null
                ? Mono.just(known)
                : Reviews.ask(client, "/apis/authorization.k8s.io/v1/subjectaccessreviews", question.review())
                        .map(status -> status.path("allowed").asBoolean(false))
                        .doOnNext(answer -> answers.put(question, answer, answer ? allowedLife : deniedLife));
    }
}
