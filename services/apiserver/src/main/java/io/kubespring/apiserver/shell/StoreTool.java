package io.kubespring.apiserver.shell;

import io.kubespring.api.time.SystemTime;
import io.kubespring.service.boot.Component;
import io.kubespring.service.flags.FlagException;
import io.kubespring.service.flags.Flags;
import io.kubespring.storage.Store;
import io.kubespring.storage.StoreException;
import io.kubespring.storage.etcd.EtcdOptions;
import io.kubespring.storage.transfer.StoreExport;
import io.kubespring.storage.transfer.StoreImport;
import io.kubespring.storage.transfer.TransferException;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * {@code ./kubespring store export|import [FILE]}: all objects of the store that the API server's flags name, as lines of
 * JSON to a file or standard output, and from a file or standard input into an empty store of either kind.
 */
public final class StoreTool {

    private static final String PREFIX = EtcdOptions.LOGICAL_ROOT + "/";
    private static final String BUMP = "--bump-revision=";

    /** For free in the embedded store, so plenty; etcd pays a transaction a revision. */
    private static final long EMBEDDED_MARGIN = 1_000_000;

    private static final long ETCD_MARGIN = 1_000;

    private final String action;
    private final String file;
    private final ApiServerProperties flags;
    private final long margin;

    private StoreTool(String action, String file, ApiServerProperties flags, long margin) {
        this.action = action;
        this.file = file;
        this.flags = flags;
        this.margin = margin;
    }

    public static void main(String... arguments) {
        System.setProperty("kubespring.log", "/dev/null");
        try {
            parse(arguments).run();
        } catch (NoSuchFileException nothing) {
            fail("there is no " + nothing.getFile());
        } catch (FlagException | TransferException | IOException wrong) {
            fail(String.valueOf(wrong.getMessage()));
        } catch (StoreException | CompletionException unavailable) {
            fail(Component.rootMessage(unavailable));
        }
    }

    private static void fail(String message) {
        System.err.println("Error: " + message);
        System.exit(1);
    }

    private static StoreTool parse(String... arguments) {
        List<String> words = new ArrayList<>();
        List<String> given = new ArrayList<>();
        long margin = -1;
        for (String each : arguments) {
            if (each.startsWith(BUMP)) {
                margin = number(each.substring(BUMP.length()));
            } else {
                (each.startsWith("--") ? given : words).add(each);
            }
        }
        if (words.isEmpty() || words.size() > 2 || !List.of("export", "import").contains(words.getFirst())) {
            throw new FlagException("say \"store export [FILE]\" or \"store import [FILE]\"");
        }
        ApiServerProperties flags = Flags.bind("apiserver", ApiServerProperties.class, given.toArray(String[]::new));
        if (margin < 0) {
            margin = flags.etcdServers().isEmpty() ? EMBEDDED_MARGIN : ETCD_MARGIN;
        }
        return new StoreTool(words.getFirst(), words.size() == 2 ? words.get(1) : "-", flags, margin);
    }

    private static long number(String text) {
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException notANumber) {
            throw new FlagException("invalid argument \"" + text + "\" for \"--bump-revision\": not a number");
        }
    }

    private void run() throws IOException {
        boolean export = action.equals("export");
        if (export && flags.etcdServers().isEmpty() && Files.notExists(Path.of(flags.storageFile()))) {
            throw new FlagException("there is no store at " + flags.storageFile());
        }
        long objects;
        try (Store store = Stores.open(flags, SystemTime.instance())) {
            objects = export ? export(store) : fill(store);
        }
        System.err.println(objects + " objects " + action + "ed");
    }

    private long export(Store store) throws IOException {
        try (OutputStream out = new BufferedOutputStream(
                file.equals("-") ? new Unclosed(System.out) : Files.newOutputStream(Path.of(file)), 1 << 16)) {
            return StoreExport.write(store, PREFIX, out);
        }
    }

    private long fill(Store store) throws IOException {
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            return StoreImport.read(store, PREFIX, in, margin, flags.eventTtl());
        }
    }

    /** Standard output outlives what is written to it. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
