package io.kubespring.kubelet.server;

import io.kubespring.api.error.StatusException;
import io.kubespring.client.Await;
import io.kubespring.kubelet.server.request.Endpoint;
import io.kubespring.kubelet.server.request.Exchange;
import io.kubespring.kubelet.server.request.HttpError;
import io.kubespring.node.cri.CriException;
import io.kubespring.service.access.Caller;
import io.kubespring.service.access.CallerAuthenticator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one request after another off a connection, and hands each to a virtual thread. */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

    private final CallerAuthenticator authenticator;
    private final CallerAuthorizer authorizer;
    private final List<Endpoint> endpoints;

    RequestHandler(CallerAuthenticator authenticator, CallerAuthorizer authorizer, List<Endpoint> endpoints) {
        super(false);
        this.authenticator = authenticator;
        this.authorizer = authorizer;
        this.endpoints = endpoints;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        List<X509Certificate> chain = certificates(context);
        Thread.ofVirtual().name("kubelet-http").start(() -> {
            try {
                handle(new Exchange(context.channel(), request), chain);
            } finally {
                request.release();
            }
        });
    }

    private static List<X509Certificate> certificates(ChannelHandlerContext context) {
        var chain = new ArrayList<X509Certificate>();
        SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls != null) {
            try {
                for (Certificate each : tls.engine().getSession().getPeerCertificates()) {
                    if (each instanceof X509Certificate certificate) {
                        chain.add(certificate);
                    }
                }
            } catch (SSLPeerUnverifiedException none) {
                return chain;
            }
        }
        return chain;
    }

    private void handle(Exchange exchange, List<X509Certificate> chain) {
        try {
            Caller caller = Await.optional(authenticator.authenticate(
                    chain, exchange.request().headers().get(HttpHeaderNames.AUTHORIZATION)));
            if (caller == null) {
                throw new HttpError(401, "Unauthorized");
            }
            if (!authorizer.allowed(caller, exchange.method(), exchange.path())) {
                throw new HttpError(
                        403,
                        "Forbidden (user=" + caller.name() + ", verb=" + CallerAuthorizer.verb(exchange.method())
                                + ", resource=nodes, subresource(s)="
                                + CallerAuthorizer.subresources(exchange.path()) + ")\n");
            }
            String first = exchange.segments().getFirst();
            Endpoint endpoint = endpoints.stream()
                    .filter(each -> each.handles(first))
                    .findFirst()
                    .orElseThrow(() -> new HttpError(404, "404 page not found\n"));
            endpoint.serve(exchange);
        } catch (HttpError error) {
            fail(exchange, error.status(), error.getMessage());
        } catch (CriException failure) {
            fail(exchange, failure.code() == CriException.Code.NOT_FOUND ? 404 : 500, failure.rendered());
        } catch (StatusException refused) {
            fail(exchange, 500, "the API server did not answer as it should: " + refused.getMessage());
        } catch (IOException gone) {
            LOG.debug("{} {}: {}", exchange.method(), exchange.path(), gone.toString());
            fail(exchange, 500, String.valueOf(gone.getMessage()));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException defect) {
            LOG.warn("{} {} failed", exchange.method(), exchange.path(), defect);
            fail(exchange, 500, "internal error: " + defect);
        }
    }

    private static void fail(Exchange exchange, int status, String message) {
        if (exchange.begun()) {
            // Too late for another answer: a cut connection tells that something is missing.
            exchange.channel().close();
        } else {
            exchange.text(status, message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("connection failed: {}", cause.toString());
        context.close();
    }
}
