package io.kubespring.apiserver.request;

import io.kubespring.apiserver.authentication.UserInfo;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One request behind authentication, whatever transport it came by.
 *
 * @param method upper case
 * @param rawQuery null if there is none
 * @param initialized run once a watch has sent what it starts with: until then it keeps room from others
 * @param body empty for no body; fails with 413 where it is too large. Subscribed to at most once, after authorization
 */
public record ApiRequest(
        String method,
        String rawPath,
        @Nullable String rawQuery,
        RequestInfo info,
        QueryParameters query,
        Headers headers,
        Mono<byte[]> body,
        UserInfo user,
        Runnable initialized) {

    private static final Runnable NOTHING = () -> {};

    public ApiRequest(
            String method,
            String rawPath,
            @Nullable String rawQuery,
            RequestInfo info,
            QueryParameters query,
            Headers headers,
            Mono<byte[]> body,
            UserInfo user) {
        this(method, rawPath, rawQuery, info, query, headers, body, user, NOTHING);
    }

    public static ApiRequest of(
            String method,
            String rawPath,
            @Nullable String rawQuery,
            Headers headers,
            Mono<byte[]> body,
            UserInfo user) {
        QueryParameters query = QueryParameters.parse(rawQuery);
        return new ApiRequest(
                method, rawPath, rawQuery, RequestInfoParser.parse(method, rawPath, query), query, headers, body, user);
    }

    public ApiRequest withInitialized(Runnable action) {
        return new ApiRequest(method, rawPath, rawQuery, info, query, headers, body, user, action);
    }
}
