package io.kubespring.storage.etcd;

import com.google.protobuf.UnknownFieldSet;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchProgressRequest;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.Executor;

/** One watch of a {@link WatchScope} on one gRPC stream, one response at a time: the next is asked for when the last is dealt with. */
final class WatchCall extends ClientCall.Listener<WatchResponse> {

    /** A member that lost its leader ends the stream instead of falling silent. */
    private static final Metadata.Key<String> REQUIRE_LEADER =
            Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);

    /**
     * "fragment" in etcd's WatchCreateRequest and WatchResponse, which jetcd's messages do not name: responses come in
     * pieces of no more than a request's size, so that a long backlog fits into the largest message we take.
     */
    private static final int CREATE_FRAGMENT = 8;

    private static final int RESPONSE_FRAGMENT = 7;

    private static final UnknownFieldSet FRAGMENTS = UnknownFieldSet.newBuilder()
            .addField(
                    CREATE_FRAGMENT,
                    UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();

    interface Handler {
        void response(WatchResponse response);

        void closed(Status status);
    }

    private final ClientCall<WatchRequest, WatchResponse> call;
    private final Handler handler;
    private boolean over;

    private WatchCall(Channel channel, Executor executor, Handler handler) {
        this.handler = handler;
        call = channel.newCall(
                WatchGrpc.getWatchMethod(),
                CallOptions.DEFAULT.withWaitForReady().withExecutor(executor));
    }

    /** @param fromRevision the first revision wanted, at least 1 */
    static WatchCall open(Channel channel, Executor executor, WatchScope scope, long fromRevision, Handler handler) {
        var watch = new WatchCall(channel, executor, handler);
        var headers = new Metadata();
        headers.put(REQUIRE_LEADER, "true");
        watch.call.start(watch, headers);
        watch.call.request(1);
        watch.call.sendMessage(WatchRequest.newBuilder()
                .setCreateRequest(WatchCreateRequest.newBuilder()
                        .setKey(scope.first())
                        .setRangeEnd(scope.end())
                        .setStartRevision(fromRevision)
                        .setPrevKv(true)
                        .setUnknownFields(FRAGMENTS))
                .build());
        return watch;
    }

    /** Whether the next response goes on with this one. */
    static boolean isFragment(WatchResponse response) {
        return response.getUnknownFields().hasField(RESPONSE_FRAGMENT);
    }

    @Override
    public void onMessage(WatchResponse response) {
        handler.response(response);
        call.request(1);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        synchronized (this) {
            over = true;
        }
        handler.closed(status);
    }

    /** Asks how far it is; the answer is a response without events. */
    synchronized void requestProgress() {
        if (!over) {
            call.sendMessage(WatchRequest.newBuilder()
                    .setProgressRequest(WatchProgressRequest.getDefaultInstance())
                    .build());
        }
    }

    synchronized void cancel() {
        over = true;
        call.cancel("not wanted any more", null);
    }
}
