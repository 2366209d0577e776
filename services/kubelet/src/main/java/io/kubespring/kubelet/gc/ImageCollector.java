package io.kubespring.kubelet.gc;

import io.kubespring.api.time.TimeSource;
import io.kubespring.kubelet.config.ImageSettings;
import io.kubespring.node.cri.CriRuntime;
import io.kubespring.node.cri.v1.Container;
import io.kubespring.node.cri.v1.FilesystemUsage;
import io.kubespring.node.cri.v1.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes images that no container uses, the least recently used first, when the disk is fuller than the high threshold,
 * until it is below the low one.
 */
public final class ImageCollector {

    private static final Logger LOG = LoggerFactory.getLogger(ImageCollector.class);

    /** Size and free space of the file system that images are on. */
    public record Disk(long capacity, long available) {

        int usedPercent() {
            return capacity == 0 ? 0 : (int) (100 - available * 100 / capacity);
        }
    }

    /** Looks at a disk. */
    public interface DiskGauge {
        Disk read(List<FilesystemUsage> filesystems) throws IOException;
    }

    private record Seen(Instant first, Instant lastUsed) {}

    private final CriRuntime runtime;
    private final ImageSettings settings;
    private final DiskGauge gauge;
    private final TimeSource time;
    private final Map<String, Seen> images = new HashMap<>();

    public ImageCollector(CriRuntime runtime, ImageSettings settings, DiskGauge gauge, TimeSource time) {
        this.runtime = runtime;
        this.settings = settings;
        this.gauge = gauge;
        this.time = time;
    }

    /** The file system that the runtime names. */
    public static Disk hostDisk(List<FilesystemUsage> filesystems) throws IOException {
        for (FilesystemUsage usage : filesystems) {
            Path folder = Path.of(usage.getFsId().getMountpoint());
            if (Files.exists(folder)) {
                var store = Files.getFileStore(folder);
                return new Disk(store.getTotalSpace(), store.getUsableSpace());
            }
        }
        return new Disk(0, 0);
    }

    /** One round. */
    public synchronized void collect() throws IOException {
        List<Image> present = runtime.listImages();
        Set<String> used = note(present);
        Disk disk = gauge.read(runtime.imageFilesystems());
        if (disk.usedPercent() < settings.imageGcHighThresholdPercent()) {
            return;
        }
        long toFree = disk.capacity() * (100 - settings.imageGcLowThresholdPercent()) / 100 - disk.available();
        LOG.info("disk is {} % full: freeing {} bytes of images", disk.usedPercent(), toFree);
        Instant oldEnough = time.now().minus(settings.imageMinimumGcAge());
        List<Image> candidates = present.stream()
                .filter(image -> !image.getPinned() && !used.contains(image.getId()))
                .filter(image -> !seen(image).first().isAfter(oldEnough))
                .sorted(Comparator.comparing((Image image) -> seen(image).lastUsed())
                        .thenComparing(image -> seen(image).first()))
                .toList();
        for (Image image : candidates) {
            if (toFree <= 0) {
                return;
            }
            runtime.removeImage(image.getId());
            images.remove(image.getId());
            toFree -= image.getSize();
        }
        if (toFree > 0) {
            LOG.warn("no more images to remove, {} bytes short", toFree);
        }
    }

    private Seen seen(Image image) {
        return images.getOrDefault(image.getId(), new Seen(Instant.MAX, Instant.EPOCH));
    }

    private Set<String> note(List<Image> present) {
        Set<String> used = new HashSet<>();
        for (Container container : runtime.listContainers(Map.of())) {
            used.add(container.getImageRef());
            used.add(container.getImageId());
        }
        Instant now = time.now();
        var ids = new HashSet<String>();
        for (Image image : present) {
            ids.add(image.getId());
            boolean inUse = used.contains(image.getId())
                    || image.getRepoDigestsList().stream().anyMatch(used::contains);
            if (inUse) {
                used.add(image.getId());
            }
            images.merge(
                    image.getId(),
                    new Seen(now, inUse ? now : Instant.EPOCH),
                    (before, fresh) -> new Seen(before.first, inUse ? now : before.lastUsed));
        }
        images.keySet().retainAll(ids);
        return used;
    }
}
