package io.kubespring.service.guard;

import io.kubespring.api.time.TimeSource;
import io.kubespring.client.KubeClient;
import io.kubespring.service.access.AccessReviews;
import io.kubespring.service.access.CallerAuthenticator;
import io.kubespring.service.access.FrontProxy;
import io.kubespring.service.access.TokenReviews;
import io.kubespring.service.x509.CertificateBundleFile;
import io.kubespring.service.x509.TrustAnchors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authorization.AuthorizationWebFilter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/**
 * Delegated authentication and authorization of a component's own endpoints, as upstream's components have it: health is
 * open, everything else is for whom the API server allows it. Requests without credentials are those of
 * {@code system:anonymous}. Spring's firewall refuses paths that could be read in two ways.
 */
final class Guard {

    /** Upstream's: how long an answer of the API server holds. */
    private static final Duration LIFE = Duration.ofSeconds(10);

    private Guard() {}

    static WebFilterChainProxy of(AccessFlags flags, KubeClient client, TimeSource time) {
        var authentication = new AuthenticationWebFilter(new CallerManager(
                new FrontProxy(
                        anchors(flags.requestheaderClientCaFile(), time), flags.requestheaderAllowedNames(), time),
                new CallerAuthenticator(
                        anchors(flags.clientCaFile(), time), true, new TokenReviews(client, LIFE), time)));
        authentication.setServerAuthenticationConverter(
                exchange -> Mono.just(PresentedCredentials.of(exchange.getRequest())));
        authentication.setSecurityContextRepository(NoOpServerSecurityContextRepository.getInstance());
        var authorization = new AuthorizationWebFilter(new PathAuthorization(new AccessReviews(client, LIFE, LIFE)));
        List<WebFilter> filters = List.of(new StatusFilter(), authentication, authorization);
        return new WebFilterChainProxy(new MatcherSecurityWebFilterChain(
                exchange -> flags.open(exchange.getRequest().getPath().value())
                        ? MatchResult.notMatch()
                        : MatchResult.match(),
                filters));
    }

    private static TrustAnchors anchors(@Nullable Path file, TimeSource time) {
        return file == null ? TrustAnchors.of() : new CertificateBundleFile(file, time);
    }
}
