package io.kubespring.apiserver.cache;

import java.util.List;

/**
 * Frames that are to be written and flushed together, in order.
 *
 * @param frames shared with other watchers: not to be changed
 */
public record WatchFrameBatch(List<byte[]> frames) {}
