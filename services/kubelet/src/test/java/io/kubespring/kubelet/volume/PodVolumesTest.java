package io.kubespring.kubelet.volume;

import static io.kubespring.kubelet.fake.PodText.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.kubespring.api.time.ManualTime;
import io.kubespring.kubelet.config.FolderSettings;
import io.kubespring.kubelet.environment.PodFields.NodeFacts;
import io.kubespring.kubelet.fake.FakeMounts;
import io.kubespring.kubelet.fake.FakeObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodVolumesTest {

    @TempDir
    Path folder;

    private final FakeObjects objects = new FakeObjects();
    private final FakeMounts mounts = new FakeMounts();
    private final ManualTime time = new ManualTime(Instant.parse("2026-01-01T00:00:00Z"));
    private PodVolumes volumes;

    @BeforeEach
    void setUp() {
        var folders = new FolderSettings(folder.resolve("root"), folder, folder, null);
        volumes = new PodVolumes(folders, mounts, objects, objects, time);
    }

    private Path mount(String volume) {
        return mountAll(volume).get("v");
    }

    private Map<String, Path> mountAll(String volume) {
        Pod pod = pod("{containers: [{name: c, image: i}], volumes: [{name: v, " + volume + "}]}");
        pod.getMetadata().setLabels(Map.of("b", "2", "a", "1"));
        return volumes.mount(pod, new NodeFacts("node", List.of(), List.of(), 1000, 1000));
    }

    @Test
    void keysBecomeFilesBehindOneLink() throws IOException {
        objects.configMap("conf", "one", "1");
        Path root = mount("configMap: {name: conf}");
        assertThat(root.resolve("one")).hasContent("1").isSymbolicLink();
        assertThat(Files.readSymbolicLink(root.resolve("one"))).isEqualTo(Path.of("..data/one"));
        assertThat(root.toString()).endsWith("pods/u1/volumes/kubernetes.io~configmap/v");
    }

    @Test
    void changesReplaceEverythingAtOnce() throws IOException {
        objects.configMap("conf", "one", "1");
        Path root = mount("configMap: {name: conf}");
        Path before = Files.readSymbolicLink(root.resolve("..data"));
        mount("configMap: {name: conf}");
        assertThat(Files.readSymbolicLink(root.resolve("..data")))
                .as("nothing changed")
                .isEqualTo(before);

        time.advance(Duration.ofSeconds(1));
        objects.configMaps.clear();
        objects.configMap("conf", "two", "2");
        mount("configMap: {name: conf}");
        assertThat(Files.readSymbolicLink(root.resolve("..data"))).isNotEqualTo(before);
        assertThat(root.resolve("two")).hasContent("2");
        assertThat(root.resolve("one")).doesNotExist();
        assertThat(root.resolve(before)).doesNotExist();
    }

    @Test
    void itemsChooseKeysPathsAndModes() throws IOException {
        objects.secret("sec", "key", "value");
        objects.secret("sec", "other", "x");
        Path root = mount("secret: {secretName: sec, items: [{key: key, path: a/b, mode: 256}]}");
        assertThat(root.resolve("a/b")).hasContent("value");
        assertThat(root.resolve("other")).doesNotExist();
        assertThat((int) Files.getAttribute(root.resolve("a/b"), "unix:mode") & 0777)
                .isEqualTo(0400);
        assertThat(mounts.mounted).as("secrets live in memory").containsExactly(root);
        assertThatThrownBy(() -> mount("secret: {secretName: sec, items: [{key: none, path: p}]}"))
                .hasMessageContaining("references non-existent config key: none");
    }

    @Test
    void severalSourcesShareAFolderAndTokensAreRenewed() {
        objects.configMap("kube-root-ca.crt", "ca.crt", "CA");
        String projected = "projected: {sources: [{serviceAccountToken: {path: token, expirationSeconds: 3600}},"
                + "{configMap: {name: kube-root-ca.crt}},"
                + "{downwardAPI: {items: [{path: namespace, fieldRef: {fieldPath: metadata.namespace}}]}}]}";
        Path root = mount(projected);
        assertThat(root.resolve("token")).hasContent("token-1");
        assertThat(root.resolve("ca.crt")).hasContent("CA");
        assertThat(root.resolve("namespace")).hasContent("ns");
        objects.token = "token-2";
        time.advance(Duration.ofSeconds(1));
        mount(projected);
        assertThat(root.resolve("token")).hasContent("token-2");
    }

    @Test
    void labelsAreSortedAndQuoted() {
        Path root = mount("downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}");
        assertThat(root.resolve("labels")).hasContent("a=\"1\"\nb=\"2\"");
    }

    @Test
    void emptyDirsAreForEverybodyAndMayLiveInMemory() throws IOException {
        Path disk = mount("emptyDir: {}");
        assertThat((int) Files.getAttribute(disk, "unix:mode") & 0777).isEqualTo(0777);
        assertThat(mounts.mounted).isEmpty();
        mount("emptyDir: {medium: Memory, sizeLimit: 1Mi}");
        assertThat(mounts.options).containsExactly("size=1048576");
    }

    @Test
    void hostPathsAreChecked() throws IOException {
        Path made = folder.resolve("made");
        assertThat(mount("hostPath: {path: " + made + ", type: DirectoryOrCreate}"))
                .isDirectory();
        assertThatThrownBy(() -> mount("hostPath: {path: " + made + ", type: File}"))
                .hasMessage("MountVolume.SetUp failed for volume \"v\" : hostPath type check failed: " + made
                        + " is not a file");
    }

    @Test
    void optionalSourcesMayBeMissingAndOthersNot() {
        assertThat(mount("configMap: {name: none, optional: true}")).isDirectory();
        assertThatThrownBy(() -> mount("configMap: {name: none}")).hasMessageContaining("configmap \"none\" not found");
        assertThatThrownBy(() -> mount("persistentVolumeClaim: {claimName: c}"))
                .hasMessageContaining("no volume plugin matched");
    }

    @Test
    void everythingIsTakenAwayAgain() throws IOException {
        objects.secret("sec", "key", "value");
        mount("secret: {secretName: sec}");
        assertThat(volumes.podsWithFolders()).containsExactly("u1");
        volumes.deleteFolder("u1");
        assertThat(mounts.mounted).isEmpty();
        assertThat(volumes.podsWithFolders()).isEmpty();
    }

    @Test
    void partsOfVolumesNeverLeaveThem() throws IOException {
        Path volume = Files.createDirectory(folder.resolve("volume"));
        assertThat(SubPath.resolve(volume, "a/b")).isDirectory();
        Files.createSymbolicLink(volume.resolve("out"), Path.of("/etc"));
        assertThatThrownBy(() -> SubPath.resolve(volume, "out/passwd")).hasMessageContaining("not within volume path");
        assertThatThrownBy(() -> SubPath.resolve(volume, "../x")).hasMessageContaining("..");
    }
}
