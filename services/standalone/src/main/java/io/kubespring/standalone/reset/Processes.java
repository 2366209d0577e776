package io.kubespring.standalone.reset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends containerd and its shims: the processes that have a path of this cluster on their command line. */
final class Processes {

    private static final int PATIENCE_SECONDS = 15;

    private Processes() {}

    static void endThoseOf(Path run) throws InterruptedException, IOException {
        String mark = run.resolve("containerd").toString();
        List<ProcessHandle> ours = ProcessHandle.allProcesses()
                .filter(each -> runsWith(each, mark))
                .toList();
        ours.forEach(ProcessHandle::destroy);
        var gone =
                CompletableFuture.allOf(ours.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
        try {
            gone.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException slow) {
            ours.forEach(ProcessHandle::destroyForcibly);
        } catch (ExecutionException impossible) {
            throw new IOException(impossible);
        }
    }

    private static boolean runsWith(ProcessHandle process, String mark) {
        try {
            String line = Files.readString(
                    Path.of("/proc", String.valueOf(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
            return line.startsWith("containerd") && line.contains(mark)
                    || line.contains("containerd-shim-runc-v2") && line.contains(mark);
        } catch (IOException gone) {
            return false;
        }
    }
}
