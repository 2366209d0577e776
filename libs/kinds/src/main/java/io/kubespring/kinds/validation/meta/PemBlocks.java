package io.kubespring.kinds.validation.meta;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The PEM blocks of a text (RFC 7468), in order; what stands between them, or is no whole block, is skipped. */
public final class PemBlocks {

    private static final Pattern BLOCK =
            Pattern.compile("(?m)^-----BEGIN ([^-\\n]*)-----\\s*\\n([^-]*?)^-----END \\1-----[ \\t\\r]*$");

    private PemBlocks() {}

    /** @param headers whether there are "Name: value" lines before the content */
    public record Block(String type, boolean headers, byte[] content) {}

    public static List<Block> of(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            String body = matcher.group(2);
            boolean headers = body.contains(":");
            int end = headers ? body.indexOf("\n\n") : 0;
            try {
                byte[] content = Base64.getDecoder()
                        .decode(body.substring(Math.max(end, 0)).replaceAll("\\s", ""));
                blocks.add(new Block(matcher.group(1), headers, content));
            } catch (IllegalArgumentException notBase64) {
                continue;
            }
        }
        return blocks;
    }
}
