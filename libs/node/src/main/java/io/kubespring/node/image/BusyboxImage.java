package io.kubespring.node.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A small image with a shell for tests and first steps, made from the host's static busybox. */
public final class BusyboxImage {

    /** Commands that get a link of their own; all others are reached as {@code busybox NAME}. */
    private static final List<String> COMMANDS = List.of(
            "sh",
            "ash",
            "cat",
            "echo",
            "env",
            "ls",
            "sleep",
            "true",
            "false",
            "id",
            "mkdir",
            "rm",
            "cp",
            "mv",
            "ln",
            "touch",
            "chmod",
            "chown",
            "date",
            "df",
            "mount",
            "ps",
            "kill",
            "grep",
            "sed",
            "awk",
            "head",
            "tail",
            "wc",
            "sort",
            "uniq",
            "cut",
            "tr",
            "seq",
            "printf",
            "test",
            "expr",
            "hostname",
            "nc",
            "wget",
            "httpd",
            "nslookup",
            "ping",
            "ip",
            "ifconfig",
            "netstat",
            "vi",
            "tar",
            "gzip",
            "dd",
            "stat",
            "readlink",
            "find",
            "xargs",
            "tee",
            "top",
            "free",
            "uname",
            "whoami",
            "pwd",
            "dirname",
            "basename",
            "md5sum",
            "sha256sum",
            "base64",
            "od",
            "stty",
            "tty",
            "traceroute",
            "telnet",
            "timeout",
            "watch",
            "yes",
            "mkfifo",
            "sync",
            "usleep",
            "which");

    private BusyboxImage() {}

    /**
     * @param busybox the host's static busybox
     * @param tags names the image gets
     */
    public static void writeTo(Path tar, Path busybox, String... tags) throws IOException {
        var archive = DockerArchive.tagged(tags)
                .file("/bin/busybox", 0755, busybox)
                .file(
                        "/etc/passwd",
                        0644,
                        text("root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n"))
                .file("/etc/group", 0644, text("root:x:0:\nnogroup:x:65534:\n"))
                .directory("/root", 0700)
                .directory("/tmp", 01777)
                .directory("/var", 0755)
                .directory("/proc", 0555)
                .directory("/sys", 0555)
                .directory("/dev", 0755)
                .environment("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
                .command("sh");
        COMMANDS.forEach(command -> archive.hardLink("/bin/" + command, "/bin/busybox"));
        archive.writeTo(tar);
    }

    private static byte[] text(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }
}
