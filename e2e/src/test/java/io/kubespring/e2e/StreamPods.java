package io.kubespring.e2e;

import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The Pods that all tests of streams, proxies and logs share; they are left for the reset of the cluster. */
@ExtendWith(Cluster.class)
final class StreamPods implements BeforeAllCallback {

    static final String NS = "streams";

    /** How many bytes port {@value #HASH} wants before it answers with their hash. */
    static final int BLOCK = 8 << 20;

    static final int ECHO = 9000;
    static final int HASH = 9001;
    static final int SOCKET = 9002;
    static final int PROGRAM = 9003;

    /** What carries a stream between kubectl and the server. */
    enum Protocol {
        WEBSOCKET("true"),
        SPDY("false");

        private final String webSockets;

        Protocol(String webSockets) {
            this.webSockets = webSockets;
        }

        /** The beginning of a line of shell. */
        String kubectl() {
            return "env KUBECTL_REMOTE_COMMAND_WEBSOCKETS=" + webSockets + " KUBECTL_PORT_FORWARD_WEBSOCKETS="
                    + webSockets + " " + Cluster.kubectlCommand(NS);
        }

        /** A program, with the arguments as they would be typed. */
        List<String> kubectl(String line) {
            return List.of("sh", "-c", "exec " + kubectl() + line);
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Cluster.ensureUp();
        Cluster.kubectl("create namespace " + NS);
        Cluster.apply(MANIFEST);
        Cluster.kubectl("-n " + NS + " wait pod/server pod/talker --for=condition=Ready --timeout=60s")
                .ok();
    }

    static Shell.Result kubectl(String line) {
        return Cluster.kubectl("-n " + NS + " " + line);
    }

    static Shell.Result shell(String line) {
        return Shell.run(Cluster.ROOT, "", List.of("sh", "-c", line));
    }

    private static final String MANIFEST = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: servers, namespace: streams}
        data:
          hash: |
            #!/bin/sh
            head -c 8388608 | busybox sha256sum
          socket: |
            #!/bin/sh
            while read -r line; do
              line=${line%?}
              [ -n "$line" ] || break
              case $line in [Ss]ec-[Ww]eb[Ss]ocket-[Kk]ey:*) key=${line#*: } ;; esac
            done
            digest=$(printf %s258EAFA5-E914-47DA-95CA-C5AB0DC85B11 "$key" | busybox sha1sum | cut -c1-40 | sed 's/../\\\\x&/g')
            printf 'HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\n'
            printf 'Sec-WebSocket-Accept: %s\\r\\n\\r\\n' "$(printf "$digest" | busybox base64)"
            printf '\\x81\\x05hello'
            head -c 2 >/dev/null
          program: |
            #!/bin/sh
            case $QUERY_STRING in
              redirect) printf 'Status: 302 Found\\r\\nLocation: /index.html\\r\\n\\r\\n' ;;
              slow) printf 'Content-Type: text/plain\\r\\n\\r\\nfirst\\n'; until [ -e /go ]; do sleep 0.1; done; rm /go; echo second ;;
              *) printf 'Content-Type: text/plain\\r\\n\\r\\n'; echo "$REQUEST_METHOD $REQUEST_URI"; busybox sha256sum ;;
            esac
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: server, namespace: streams, labels: {app: server}}
        spec:
          terminationGracePeriodSeconds: 0
          volumes: [{name: servers, configMap: {name: servers, defaultMode: 0755}}]
          containers:
          - name: tcp
            image: busybox:1
            command: [sh, -c, "nc -ll -p 9001 -e /servers/hash & nc -ll -p 9002 -e /servers/socket & nc -ll -p 9003 -e cat /bin/busybox & exec nc -ll -p 9000 -e cat"]
            volumeMounts: [{name: servers, mountPath: /servers}]
          - name: shell
            image: busybox:1
            command: [sh, -c, "while read -r line; do echo heard $line; done; exec sleep 100000"]
            stdin: true
          - name: web
            image: busybox:1
            command: [sh, -c, "mkdir -p /www/cgi-bin && cp /servers/program /www/cgi-bin/ && echo '<a href=\\"/other\\">page</a>' >/www/index.html; exec httpd -f -p 8080 -h /www"]
            ports: [{name: http, containerPort: 8080}]
            readinessProbe: {httpGet: {path: /, port: http}, periodSeconds: 1}
            volumeMounts: [{name: servers, mountPath: /servers}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: server, namespace: streams}
        spec:
          selector: {app: server}
          ports: [{name: http, port: 80, targetPort: http}, {name: echo, port: 7, targetPort: 9000}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: talker, namespace: streams, labels: {app: talker}}
        spec:
          terminationGracePeriodSeconds: 0
          volumes: [{name: memory, emptyDir: {}}]
          initContainers: [{name: before, image: busybox:1, command: [echo, prepared]}]
          containers:
          - name: falls
            image: busybox:1
            command: [sh, -c, "if [ -e /memory/x ]; then echo second; exec sleep 100000; fi; touch /memory/x; echo first; exit 1"]
            volumeMounts: [{name: memory, mountPath: /memory}]
          - name: speaks
            image: busybox:1
            command: [sh, -c, "for i in 1 2 3 4 5; do echo line $i; done; exec sleep 100000"]
        """;
}
