# syntax=docker/dockerfile:1

# --- build: the jar, its class path, and a Java runtime with only the modules that they use ---
FROM docker.io/library/maven:3-eclipse-temurin-25 AS build
# Ubuntu's images already have a user with the id 1000.
RUN apt-get update \
    && apt-get install -y --no-install-recommends unzip zip \
    && (userdel -r ubuntu 2>/dev/null || true) \
    && useradd -m -u 1000 user
USER user
WORKDIR /home/user/build
# The pom first, with the one file that it asks for: what it downloads stays in this layer until it changes.
COPY --chown=user pom.xml ./
COPY --chown=user src/main/licenses ./src/main/licenses
RUN mvn -B -ntp package -DskipTests
COPY --chown=user config ./config
COPY --chown=user src ./src
COPY --chown=user README.md quickstart.md ./
RUN mvn -B -ntp package -DskipTests

# Two native libraries are loaded from a folder instead of being unpacked at each start, and those
# of other platforms stay away: they are most of the class path's weight.
RUN machine=$(uname -m) \
    && unzip -qj target/lib/onnxruntime-*.jar \
        "ai/onnxruntime/native/linux-$(echo "$machine" | sed s/x86_64/x64/)/*" -d native \
    && unzip -qj target/lib/tokenizers-*.jar "native/lib/linux-$machine/cpu/*" -d native \
    && zip -qd target/lib/onnxruntime-*.jar 'ai/onnxruntime/native/*' \
    && zip -qd target/lib/tokenizers-*.jar 'native/lib/*/*' \
    && zip -qd target/lib/grpc-netty-shaded-*.jar '*.dll' '*.jnilib' \
    && zip -qd target/lib/tree-sitter-[0-9]*.jar '*.dll' '*.dylib' \
    && zip -qd target/lib/tree-sitter-typescript-*.jar '*.dll' '*.dylib'

# What jdeps names, without what no code path here reaches (AWT, scripting, agents), and with what it
# cannot see: the zip file system reads the manual out of the jar.
RUN jlink --output /home/user/java --strip-java-debug-attributes --no-header-files --no-man-pages \
        --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs

# --- base: what the service runs on ---
FROM docker.io/library/debian:bookworm-slim AS base
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl libstdc++6 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd -m -u 1000 user
# By its number, since Kubernetes' runAsNonRoot trusts no name.
USER 1000
WORKDIR /home/user/app
COPY --chown=user --from=build /home/user/java /home/user/java
COPY --chown=user --from=build /home/user/build/native ./native
COPY --chown=user --from=build /home/user/build/target/lib ./lib
COPY --chown=user --from=build /home/user/build/target/docent.jar ./
COPY --chown=user .ci/java.options ./
# /tmp is what can be written on a read-only root. Without a locale the JVM takes variables for ASCII.
ENV PATH=/home/user/java/bin:$PATH \
    RUST_LIBRARY_PATH=/home/user/app/native/libtokenizers.so \
    DOCENT_DATA=/tmp/docent \
    DOCENT_DOCS_PREPARED=/home/user/app/manual \
    LANG=C.UTF-8 \
    PORT=7860

# --- train: real runs, whose index of the manual and loaded classes make later starts fast ---
FROM base AS train
COPY --chown=user .ci/train ./train
RUN bash ./train

FROM base
COPY --chown=user --from=train /home/user/app/manual ./manual
COPY --chown=user --from=train /home/user/app/docent.aot ./
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD curl -fsS -o /dev/null "http://127.0.0.1:$PORT/api/health/live"
CMD ["java", "-XX:AOTCache=docent.aot", "@java.options", "-jar", "docent.jar"]
