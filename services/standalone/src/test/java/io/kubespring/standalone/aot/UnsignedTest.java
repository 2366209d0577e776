package io.kubespring.standalone.aot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnsignedTest {

    @TempDir
    Path folder;

    @Test
    void aSignedJarLosesItsSignatureAndKeepsEverythingElse() throws IOException {
        Path jar = folder.resolve("signed.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                var zip = new ZipOutputStream(file)) {
            put(
                    zip,
                    "META-INF/MANIFEST.MF",
                    "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\nName: a/B.class\r\nSHA-256-Digest: x\r\n\r\n");
            put(zip, "META-INF/BC1024KE.SF", "Signature-Version: 1.0");
            put(zip, "META-INF/BC1024KE.DSA", "…");
            put(zip, "META-INF/services/java.security.Provider", "a.B");
            put(zip, "a/B.class", "bytes");
        }
        Unsigned.main(folder.toString());
        Unsigned.main(folder.toString());
        try (var after = new JarFile(jar.toFile())) {
            assertThat(after.stream().map(ZipEntry::getName))
                    .contains("META-INF/services/java.security.Provider", "a/B.class")
                    .noneMatch(name -> name.endsWith(".SF") || name.endsWith(".DSA"));
            assertThat(after.isMultiRelease()).isTrue();
            assertThat(after.getManifest().getEntries()).isEmpty();
        }
    }

    @Test
    void otherJarsStayAsTheyAre() throws IOException {
        Path jar = folder.resolve("plain.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                var zip = new ZipOutputStream(file)) {
            put(zip, "a/B.class", "bytes");
        }
        byte[] before = Files.readAllBytes(jar);
        Unsigned.main(folder.toString());
        assertThat(Files.readAllBytes(jar)).isEqualTo(before);
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
