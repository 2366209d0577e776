package io.kubespring.node.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubespring.api.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerArchiveTest {

    private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.UTF_8);

    private static byte[] build() throws IOException {
        var out = new ByteArrayOutputStream();
        DockerArchive.tagged("example.test/app:1")
                .architecture("amd64")
                .file("/usr/bin/app", 0755, HELLO)
                .hardLink("/usr/bin/other", "/usr/bin/app")
                .symbolicLink("/link", "usr/bin/app")
                .environment("A", "b")
                .entrypoint("/usr/bin/app")
                .command("run")
                .writeTo(out);
        return out.toByteArray();
    }

    private static Map<String, byte[]> untar(byte[] tar) {
        var files = new LinkedHashMap<String, byte[]>();
        for (int at = 0; tar[at] != 0; ) {
            String name = new String(tar, at, 100, StandardCharsets.UTF_8).replace("\0", "");
            int size = Integer.parseInt(new String(tar, at + 124, 11, StandardCharsets.UTF_8), 8);
            files.put(name, Arrays.copyOfRange(tar, at + 512, at + 512 + size));
            at += 512 + (size + 511) / 512 * 512;
        }
        return files;
    }

    @Test
    void isReproducible() throws IOException {
        assertThat(build()).isEqualTo(build());
    }

    @Test
    void theManifestNamesTheConfigurationAndItsLayer() throws IOException {
        var files = untar(build());
        var image = Json.mapper().readTree(files.get("manifest.json")).get(0);
        assertThat(image.get("RepoTags").get(0).asString()).isEqualTo("example.test/app:1");
        var config = Json.mapper().readTree(files.get(image.get("Config").asString()));
        assertThat(config.at("/config/Entrypoint/0").asString()).isEqualTo("/usr/bin/app");
        assertThat(config.at("/config/Cmd/0").asString()).isEqualTo("run");
        assertThat(config.at("/config/Env/0").asString()).isEqualTo("A=b");
        String layer = image.get("Layers").get(0).asString();
        assertThat("sha256:" + layer.substring(0, 64))
                .isEqualTo(config.at("/rootfs/diff_ids/0").asString());
    }

    @Test
    void theLayerHasFilesLinksAndTheirFolders() throws IOException {
        var files = untar(build());
        var layer = files.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("layer.tar"))
                .findFirst()
                .orElseThrow();
        var content = untar(layer.getValue());
        assertThat(content.keySet()).containsExactly("usr/", "usr/bin/", "usr/bin/app", "usr/bin/other", "link");
        assertThat(content.get("usr/bin/app")).isEqualTo(HELLO);
    }
}
