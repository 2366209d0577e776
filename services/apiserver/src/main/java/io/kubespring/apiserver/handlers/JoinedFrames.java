package io.kubespring.apiserver.handlers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames as one piece, so that they are one write and one flush. Watchers who want the same are served one after the
 * other: the last piece is kept for the next of them, and a burst is copied once and not once a watcher.
 */
final class JoinedFrames {

    private record Join(List<byte[]> frames, byte[] joined) {}

    private volatile @Nullable Join last;

    /** @return shared: not to be changed */
    byte[] of(List<byte[]> frames) {
        if (frames.size() == 1) {
            return frames.getFirst();
        }
        Join before = last;
        if (before != null && same(before.frames(), frames)) {
            return before.joined();
        }
        var join = new Join(frames, join(frames));
        last = join;
        return join.joined();
    }

    private static boolean same(List<byte[]> one, List<byte[]> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (one.get(i) != other.get(i)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] join(List<byte[]> frames) {
        int size = 0;
        for (byte[] each : frames) {
            size += each.length;
        }
        byte[] joined = new byte[size];
        int at = 0;
        for (byte[] each : frames) {
            System.arraycopy(each, 0, joined, at, each.length);
            at += each.length;
        }
        return joined;
    }
}
