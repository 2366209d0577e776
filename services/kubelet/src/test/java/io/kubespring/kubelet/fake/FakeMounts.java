package io.kubespring.kubelet.fake;

import io.kubespring.node.mount.Mounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Remembers what would be mounted. */
public final class FakeMounts implements Mounts {

    public final List<Path> mounted = new ArrayList<>();
    public final List<String> options = new ArrayList<>();

    @Override
    public boolean isMounted(Path target) {
        return mounted.contains(target);
    }

    @Override
    public List<Path> below(Path folder) {
        return mounted.stream().filter(each -> each.startsWith(folder)).toList();
    }

    @Override
    public void mountTmpfs(Path target, List<String> with) {
        mounted.add(target);
        options.addAll(with);
    }

    @Override
    public void bind(Path source, Path target) {
        mounted.add(target);
    }

    @Override
    public void unmount(Path target) {
        mounted.remove(target);
    }
}
