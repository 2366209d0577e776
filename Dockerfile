# The images of KubeSpring's services: one for all of them (service), and one for what runs on nodes (node).
# With JARS=host the jars come from docker/target/lib, where "mvn -pl docker -am package" has put them.
ARG BASE=debian:12-slim
ARG JDK=eclipse-temurin:25-jdk
ARG JARS=built

FROM ${JDK} AS jars-built
RUN apt-get update && apt-get install -y --no-install-recommends maven
WORKDIR /src
COPY . .
RUN mvn -q -B -Dfast -DskipTests -Dspotless.check.skip -pl docker -am package

FROM ${JDK} AS jars-host
COPY docker/target/lib /src/docker/target/lib

FROM jars-${JARS} AS jars
WORKDIR /src/docker/target/lib
RUN java -Xshare:auto -XX:TieredStopAtLevel=1 -cp "$(ls kubespring-standalone-*.jar)" io.kubespring.standalone.aot.Unsigned . \
 && mkdir -p /out/theirs /out/ours /out/node \
 && java -cp '*' io.kubespring.node.containerd.NodeImage /out/node \
 && mv kubespring-*.jar /out/ours && mv ./*.jar /out/theirs \
 && jlink --add-modules java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.scripting,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.crypto.ec,jdk.jfr,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs \
    --no-header-files --no-man-pages --output /out/java

FROM ${BASE} AS service
RUN command -v curl >/dev/null || { apt-get update && apt-get install -y --no-install-recommends curl ca-certificates && rm -rf /var/lib/apt/lists/*; }
COPY --from=jars /out/java /opt/java
COPY --from=jars /out/theirs /opt/kubespring/lib
COPY services/standalone/src/main/dist/jvm.options docker/logback.xml /opt/kubespring/
COPY --from=jars /out/ours /opt/kubespring/lib
# The start-up cache, made where and as it is used.
RUN cd /opt/kubespring && { printf '%s' '-cp '; find "$PWD/lib" -name '*.jar' | sort | paste -sd:; } >classpath \
 && /opt/java/bin/java @jvm.options -XX:AOTCacheOutput=/opt/kubespring/kubespring.aot @classpath io.kubespring.standalone.aot.Training
COPY docker/component /usr/local/bin/component
COPY docker/addons /opt/kubespring/addons
ENTRYPOINT ["component"]

FROM service AS node
RUN command -v containerd >/dev/null || { apt-get update && apt-get install -y --no-install-recommends \
    containerd runc containernetworking-plugins iptables conntrack iproute2 mount util-linux && rm -rf /var/lib/apt/lists/*; }
COPY --from=jars /out/node /opt/kubespring/node
COPY docker/containerd /opt/kubespring/containerd
COPY docker/net-conf.json /etc/kube-flannel/net-conf.json
COPY docker/machine docker/agent /usr/local/bin/
ENTRYPOINT ["agent"]
