package io.kubespring.kubelet.volume;

import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** A file or folder of the host, checked or made as its type says. */
final class HostPathVolume implements VolumePlugin {

    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET = 0140000;
    private static final int CHARACTER_DEVICE = 0020000;
    private static final int BLOCK_DEVICE = 0060000;

    @Override
    public String folderName() {
        return "kubernetes.io~host-path";
    }

    @Override
    public boolean handles(Volume volume) {
        return volume.getHostPath() != null;
    }

    @Override
    public Path mount(VolumeRequest request) throws IOException {
        Path path = Path.of(request.volume().getHostPath().getPath());
        String type = request.volume().getHostPath().getType();
        switch (type == null ? "" : type) {
            case "" -> {}
            case "DirectoryOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createDirectories(path);
                    Ownership.mode(path, 0755);
                }
                require(path, Files::isDirectory, "a directory");
            }
            case "Directory" -> require(path, Files::isDirectory, "a directory");
            case "FileOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createFile(path);
                    Ownership.mode(path, 0644);
                }
                require(path, Files::isRegularFile, "a file");
            }
            case "File" -> require(path, Files::isRegularFile, "a file");
            case "Socket" -> require(path, file -> isType(file, SOCKET), "a socket file");
            case "CharDevice" -> require(path, file -> isType(file, CHARACTER_DEVICE), "a character device");
            case "BlockDevice" -> require(path, file -> isType(file, BLOCK_DEVICE), "a block device");
            default -> throw new VolumeException(type + " is an invalid volume type");
        }
        return path;
    }

    private static void require(Path path, Predicate<Path> check, String what) {
        if (!check.test(path)) {
            throw new VolumeException("hostPath type check failed: " + path + " is not " + what);
        }
    }

    private static boolean isType(Path path, int type) {
        try {
            return ((int) Files.getAttribute(path, "unix:mode") & FILE_TYPE) == type;
        } catch (IOException absent) {
            return false;
        }
    }
}
