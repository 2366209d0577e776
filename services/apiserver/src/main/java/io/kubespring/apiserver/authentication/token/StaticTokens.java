package io.kubespring.apiserver.authentication.token;

import io.kubespring.apiserver.authentication.Authentication;
import io.kubespring.apiserver.authentication.UserInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * "Static token file" ({@code --token-auth-file}): a CSV of token, user, uid and optionally quoted, comma-separated
 * groups; read once. Every token is compared, in constant time.
 */
public final class StaticTokens implements TokenAuthenticator {

    private record Entry(byte[] token, UserInfo user) {}

    private final List<Entry> entries;

    private StaticTokens(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** @throws IOException if the file cannot be read or a line has fewer than three columns */
    public static StaticTokens load(Path file) throws IOException {
        var entries = new ArrayList<Entry>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            List<String> columns = CsvLine.columns(line);
            if (columns.size() < 3 || columns.get(0).isEmpty() || columns.get(1).isEmpty()) {
                throw new IOException(file + ", line " + number + ": expected token,user,uid[,\"group1,group2\"]");
            }
            List<String> groups = columns.size() < 4 || columns.get(3).isEmpty()
                    ? List.of()
                    : List.of(columns.get(3).split(","));
            entries.add(new Entry(
                    columns.get(0).getBytes(StandardCharsets.UTF_8),
                    new UserInfo(columns.get(1), columns.get(2), groups, Map.of())));
        }
        return new StaticTokens(entries);
    }

    @Override
    public Authentication authenticate(String token, List<String> audiences) {
        byte[] shown = token.getBytes(StandardCharsets.UTF_8);
        Authentication result = Authentication.NO_OPINION;
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(entry.token(), shown)) {
                result = new Authentication.Authenticated(entry.user(), audiences);
            }
        }
        return result;
    }
}
