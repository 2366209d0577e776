package io.kubespring.storage.transfer;

import io.kubespring.storage.Store;
import io.kubespring.storage.Store.Entry;
import io.kubespring.storage.Store.Page;
import java.io.IOException;
import java.io.OutputStream;

/** Writes everything under a prefix as of one revision, page by page: memory does not grow with the store. Blocks. */
public final class StoreExport {

    private static final int PAGE = 500;

    private StoreExport() {}

    /** @return how many objects were written */
    public static long write(Store store, String prefix, OutputStream out) throws IOException {
        Page page = store.list(prefix, null, PAGE, 0).join();
        long revision = page.revision();
        line(out, Line.header(revision));
        long objects = 0;
        while (true) {
            for (Entry entry : page.entries()) {
                line(out, Line.object(entry.key(), entry.value()));
                objects++;
            }
            if (page.remaining() == 0) {
                break;
            }
            String next = page.entries().getLast().key() + '\0';
            page = store.list(prefix, next, PAGE, revision).join();
        }
        line(out, Line.trailer(objects));
        out.flush();
        return objects;
    }

    private static void line(OutputStream out, byte[] line) throws IOException {
        out.write(line);
        out.write('\n');
    }
}
