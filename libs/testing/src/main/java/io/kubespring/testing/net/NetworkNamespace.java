package io.kubespring.testing.net;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A network of its own, as a machine or a Pod has one; root only. Commands run in it by {@code nsenter} (not {@code ip netns
 * exec}, which would hide the control groups); Java code runs in it on a thread that has entered it, so that the sockets it
 * opens are in there.
 */
public final class NetworkNamespace implements AutoCloseable {

    private static final int CLONE_NEWNET = 0x4000_0000;

    private final String name;

    private NetworkNamespace(String name) {
        this.name = name;
    }

    /** Makes one with its loopback up. The name must be new on this machine. */
    public static NetworkNamespace create(String name) {
        exec(List.of("ip", "netns", "add", name));
        var made = new NetworkNamespace(name);
        made.run("ip", "link", "set", "lo", "up");
        return made;
    }

    public String name() {
        return name;
    }

    /** What stands before a command that shall run in here. */
    public List<String> prefix() {
        return List.of("nsenter", "--net=/run/netns/" + name);
    }

    /**
     * @return what the command prints
     * @throws AssertionError if it fails
     */
    public String run(String... command) {
        List<String> whole = new ArrayList<>(prefix());
        whole.addAll(List.of(command));
        return exec(whole);
    }

    /** Connects this network with another by a pair of devices, both up. */
    public void connect(String device, NetworkNamespace other, String otherDevice) {
        exec(List.of(
                "ip",
                "link",
                "add",
                device,
                "netns",
                name,
                "type",
                "veth",
                "peer",
                "name",
                otherDevice,
                "netns",
                other.name));
        run("ip", "link", "set", device, "up");
        other.run("ip", "link", "set", otherDevice, "up");
    }

    /** Runs a task in here. */
    public <T> T inside(Callable<T> task) throws Exception {
        var result = new FutureTask<>(() -> {
            enter();
            return task.call();
        });
        // A thread of its own, which ends with the task: nobody else may find himself in here.
        Thread.ofPlatform().daemon().name("in " + name).start(result);
        try {
            return result.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Exception cause) {
                cause.addSuppressed(new IllegalStateException("asked for from here"));
                throw cause;
            }
            throw failed;
        }
    }

    private void enter() {
        Linker linker = Linker.nativeLinker();
        var open = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("open"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        var setns = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setns"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        var close = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("close"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/run/netns/" + name);
            int file = (int) open.invokeExact(path, 0);
            int entered = (int) setns.invokeExact(file, CLONE_NEWNET);
            int closed = (int) close.invokeExact(file);
            if (entered != 0 || closed != 0) {
                throw new AssertionError("cannot enter network namespace " + name);
            }
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        exec(List.of("ip", "netns", "del", name));
    }

    private static String exec(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + output);
            }
            return output;
        } catch (IOException failure) {
            throw new AssertionError(String.join(" ", command), failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stopped);
        }
    }
}
