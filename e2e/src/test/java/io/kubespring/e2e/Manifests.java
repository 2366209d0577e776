package io.kubespring.e2e;

/** What the tests apply: an application as people write them. */
final class Manifests {

    private Manifests() {}

    /** Three replicas that serve their own name on port 8080, with most of what a Pod can have; and two Services. */
    static String web(String namespace) {
        return """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: web-config, namespace: %1$s}
            data:
              GREETING: hello
              page.txt: from a config map
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: web-secret, namespace: %1$s}
            stringData: {password: s3cret}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: %1$s, labels: {app: web}}
            spec:
              replicas: 3
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  terminationGracePeriodSeconds: 2
                  initContainers:
                  - name: prepare
                    image: busybox:1
                    command: [sh, -c, "echo prepared > /work/init.txt"]
                    volumeMounts: [{name: work, mountPath: /work}]
                  containers:
                  - name: server
                    image: busybox:1
                    command: [sh, -c, "mkdir -p /www && hostname > /www/index.html && echo started && exec httpd -f -p 8080 -h /www"]
                    ports: [{name: http, containerPort: 8080}]
                    env:
                    - name: GREETING
                      valueFrom: {configMapKeyRef: {name: web-config, key: GREETING}}
                    - name: PASSWORD
                      valueFrom: {secretKeyRef: {name: web-secret, key: password}}
                    - name: POD_IP
                      valueFrom: {fieldRef: {fieldPath: status.podIP}}
                    resources:
                      requests: {cpu: 10m, memory: 16Mi}
                      limits: {cpu: 200m, memory: 64Mi}
                    readinessProbe: {httpGet: {path: /, port: http}, periodSeconds: 1}
                    livenessProbe: {tcpSocket: {port: http}, periodSeconds: 5}
                    startupProbe: {exec: {command: [test, -d, /www]}, periodSeconds: 1, failureThreshold: 20}
                    volumeMounts:
                    - {name: work, mountPath: /work}
                    - {name: config, mountPath: /config}
                    - {name: secret, mountPath: /secret}
                  volumes:
                  - {name: work, emptyDir: {}}
                  - {name: config, configMap: {name: web-config}}
                  - {name: secret, secret: {secretName: web-secret}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: %1$s}
            spec:
              selector: {app: web}
              ports: [{name: http, port: 80, targetPort: http}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web-node, namespace: %1$s}
            spec:
              type: NodePort
              selector: {app: web}
              ports: [{name: http, port: 80, targetPort: http, nodePort: 30080}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web-headless, namespace: %1$s}
            spec:
              clusterIP: None
              selector: {app: web}
              ports: [{name: http, port: 8080, targetPort: http}]
            """.formatted(namespace);
    }

    /** A Pod to look around from, with the machine's own programs (curl) over the image's few. */
    static String client(String namespace) {
        return """
            apiVersion: v1
            kind: Pod
            metadata: {name: client, namespace: %s}
            spec:
              terminationGracePeriodSeconds: 0
              containers:
              - name: shell
                image: busybox:1
                command: [/bin/sleep, "100000"]
                volumeMounts:
                - {name: usr, mountPath: /usr, readOnly: true}
                - {name: lib, mountPath: /lib, readOnly: true}
                - {name: lib64, mountPath: /lib64, readOnly: true}
              volumes:
              - {name: usr, hostPath: {path: /usr}}
              - {name: lib, hostPath: {path: /usr/lib}}
              - {name: lib64, hostPath: {path: /usr/lib64}}
            """.formatted(namespace);
    }
}
