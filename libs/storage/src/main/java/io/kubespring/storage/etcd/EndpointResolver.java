package io.kubespring.storage.etcd;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Resolves "etcd-members:///host:port,host:port" to one address group a member, each with its own authority, so that a
 * member's certificate is checked against the member's name. Names are looked up again whenever a connection breaks.
 */
final class EndpointResolver extends NameResolverProvider {

    static final String SCHEME = "etcd-members";

    private static final int ETCD_PORT = 2379;

    static String target(List<URI> endpoints) {
        List<String> members = new ArrayList<>();
        for (URI endpoint : endpoints) {
            members.add(endpoint.getHost() + ":" + (endpoint.getPort() < 0 ? ETCD_PORT : endpoint.getPort()));
        }
        return SCHEME + ":///" + String.join(",", members);
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return 5;
    }

    @Override
    public String getDefaultScheme() {
        return SCHEME;
    }

    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args arguments) {
        if (!SCHEME.equals(target.getScheme())) {
            return null;
        }
        Executor offload = arguments.getOffloadExecutor();
        return new Members(
                List.of(target.getPath().substring(1).split(",")), offload == null ? Runnable::run : offload);
    }

    private static final class Members extends NameResolver {
        private final List<String> members;
        private final Executor offload;
        private @Nullable Listener2 listener;

        Members(List<String> members, Executor offload) {
            this.members = members;
            this.offload = offload;
        }

        @Override
        public String getServiceAuthority() {
            return members.getFirst();
        }

        @Override
        public void start(Listener2 given) {
            listener = given;
            refresh();
        }

        @Override
        public void refresh() {
            Listener2 to = listener;
            if (to != null) {
                offload.execute(() -> resolve(to));
            }
        }

        private void resolve(Listener2 to) {
            List<EquivalentAddressGroup> groups = new ArrayList<>();
            Status failure = Status.UNAVAILABLE;
            for (String member : members) {
                try {
                    groups.add(group(member));
                } catch (UnknownHostException unknown) {
                    failure = Status.UNAVAILABLE
                            .withDescription("unknown host " + member)
                            .withCause(unknown);
                }
            }
            var result = ResolutionResult.newBuilder();
            to.onResult(result.setAddressesOrError(
                            groups.isEmpty() ? StatusOr.fromStatus(failure) : StatusOr.fromValue(groups))
                    .build());
        }

        private static EquivalentAddressGroup group(String member) throws UnknownHostException {
            int colon = member.lastIndexOf(':');
            int port = Integer.parseInt(member.substring(colon + 1));
            Collection<java.net.SocketAddress> addresses = new ArrayList<>();
            for (InetAddress address : InetAddress.getAllByName(member.substring(0, colon))) {
                addresses.add(new InetSocketAddress(address, port));
            }
            return new EquivalentAddressGroup(
                    List.copyOf(addresses),
                    Attributes.newBuilder()
                            .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, member)
                            .build());
        }

        @Override
        public void shutdown() {
            listener = null;
        }
    }
}
