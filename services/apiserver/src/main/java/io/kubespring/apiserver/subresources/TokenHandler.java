package io.kubespring.apiserver.subresources;

import io.kubespring.api.GroupVersionKind;
import io.kubespring.api.schema.Schema;
import io.kubespring.apiserver.admission.AdmissionAttributes;
import io.kubespring.apiserver.admission.AdmissionChain;
import io.kubespring.apiserver.authentication.token.TokenRequests;
import io.kubespring.apiserver.handlers.Call;
import io.kubespring.apiserver.handlers.VerbHandler;
import io.kubespring.apiserver.request.ApiResponse;
import io.kubespring.apiserver.request.WriteOptions;
import reactor.core.publisher.Mono;

/** POST of an {@code authentication.k8s.io/v1 TokenRequest} below a service account. */
final class TokenHandler implements VerbHandler {

    private static final GroupVersionKind KIND = new GroupVersionKind("authentication.k8s.io", "v1", "TokenRequest");

    private final Schema schema;
    private final TokenRequests tokens;
    private final AdmissionChain admission;

    TokenHandler(Schema schema, TokenRequests tokens, AdmissionChain admission) {
        this.schema = schema;
        this.tokens = tokens;
        this.admission = admission;
    }

    @Override
    public Mono<ApiResponse> handle(Call call) {
        return Bodies.question(call, KIND, schema, (body, options) -> {
            admission.validate(attributes(call, options), body, null);
            return Mono.fromSupplier(() -> tokens.issue(call.namespace(), call.name(), body));
        });
    }

    private static AdmissionAttributes attributes(Call call, WriteOptions options) {
        return new AdmissionAttributes(
                AdmissionAttributes.Operation.CREATE,
                KIND,
                call.groupResource(),
                call.subresource(),
                call.namespace(),
                call.name(),
                call.request().user(),
                options.dryRun(),
                options.toTree());
    }
}
