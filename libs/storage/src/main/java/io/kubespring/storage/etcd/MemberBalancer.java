package io.kubespring.storage.etcd;

import static java.util.Objects.requireNonNull;

import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.kubespring.api.time.SystemTime;
import io.kubespring.api.time.TimeSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests take turns among the members that are connected and not {@linkplain Member#suspect() suspected}. gRPC's own
 * "round_robin" goes on sending to a member that is paused or cut off until its connection is given up.
 */
final class MemberBalancer extends LoadBalancer {

    static final String NAME = "etcd_members";

    private final Helper helper;
    private final TimeSource time;
    private final Map<EquivalentAddressGroup, Member> members = new LinkedHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    private MemberBalancer(Helper helper, TimeSource time) {
        this.helper = helper;
        this.time = time;
    }

    /** Registered once for all channels. */
    static final class Provider extends LoadBalancerProvider {
        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public int getPriority() {
            return 5;
        }

        @Override
        public String getPolicyName() {
            return NAME;
        }

        @Override
        public LoadBalancer newLoadBalancer(Helper helper) {
            return new MemberBalancer(helper, SystemTime.instance());
        }
    }

    @Override
    public Status acceptResolvedAddresses(ResolvedAddresses resolved) {
        List<EquivalentAddressGroup> now = resolved.getAddresses();
        members.keySet().removeIf(known -> {
            boolean gone = !now.contains(known);
            if (gone) {
                requireNonNull(members.get(known)).connection.shutdown();
            }
            return gone;
        });
        for (EquivalentAddressGroup each : now) {
            members.computeIfAbsent(each, this::connect);
        }
        update(Status.UNAVAILABLE.withDescription("no member of etcd is connected"));
        return Status.OK;
    }

    private Member connect(EquivalentAddressGroup address) {
        Subchannel connection = helper.createSubchannel(
                CreateSubchannelArgs.newBuilder().setAddresses(address).build());
        var member = new Member(connection, time);
        connection.start(state -> changed(member, state));
        connection.requestConnection();
        return member;
    }

    private void changed(Member member, ConnectivityStateInfo info) {
        ConnectivityState now = info.getState();
        if (now == ConnectivityState.SHUTDOWN || !members.containsValue(member)) {
            return;
        }
        if (now == ConnectivityState.IDLE) {
            helper.refreshNameResolution();
            member.connection.requestConnection();
        } else if (now == ConnectivityState.TRANSIENT_FAILURE) {
            helper.refreshNameResolution();
        }
        // While it is tried again, what is known of it is that it failed.
        if (member.state != ConnectivityState.TRANSIENT_FAILURE
                || now == ConnectivityState.READY
                || now == ConnectivityState.TRANSIENT_FAILURE) {
            member.became(now);
        }
        update(info.getStatus());
    }

    private void update(Status reason) {
        Member[] ready = members.values().stream()
                .filter(each -> each.state == ConnectivityState.READY)
                .toArray(Member[]::new);
        if (ready.length > 0) {
            helper.updateBalancingState(ConnectivityState.READY, new Picker(ready));
        } else if (members.values().stream().allMatch(each -> each.state == ConnectivityState.TRANSIENT_FAILURE)) {
            helper.updateBalancingState(
                    ConnectivityState.TRANSIENT_FAILURE,
                    new FixedResultPicker(PickResult.withError(
                            reason.isOk() ? Status.UNAVAILABLE.withDescription("no member of etcd") : reason)));
        } else {
            helper.updateBalancingState(ConnectivityState.CONNECTING, new FixedResultPicker(PickResult.withNoResult()));
        }
    }

    private final class Picker extends SubchannelPicker {
        private final Member[] ready;

        Picker(Member[] ready) {
            this.ready = ready;
        }

        @Override
        public PickResult pickSubchannel(PickSubchannelArgs wanted) {
            var method = wanted.getMethodDescriptor();
            boolean mayProbe = wanted.getCallOptions().getOption(Rpc.MAY_PROBE);
            Member member = Member.next(ready, turn.getAndIncrement(), mayProbe);
            return member == null ? PickResult.withNoResult() : member.pick(method.getType() == MethodType.UNARY);
        }
    }

    @Override
    public void handleNameResolutionError(Status error) {
        if (members.values().stream().noneMatch(each -> each.state == ConnectivityState.READY)) {
            helper.updateBalancingState(
                    ConnectivityState.TRANSIENT_FAILURE, new FixedResultPicker(PickResult.withError(error)));
        }
    }

    @Override
    public void shutdown() {
        members.values().forEach(each -> each.connection.shutdown());
    }
}
