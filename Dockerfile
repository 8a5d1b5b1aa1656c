# syntax=docker/dockerfile:1

# --- build: the jar, its class path, and a Java runtime with only the modules that they use ---
FROM docker.io/library/maven:3-eclipse-temurin-25 AS build
# Ubuntu's images already have a user with the id 1000.
RUN (userdel -r ubuntu 2>/dev/null || true) && useradd -m -u 1000 user
USER user
WORKDIR /home/user/build
COPY --chown=user pom.xml ./
RUN mvn -B -ntp dependency:resolve dependency:resolve-plugins >/dev/null
COPY --chown=user config ./config
COPY --chown=user src ./src
COPY --chown=user README.md quickstart.md ./
RUN mvn -B -ntp package -DskipTests
RUN jlink --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml,jdk.unsupported,jdk.zipfs \
        --strip-debug --no-header-files --no-man-pages --output /home/user/java

# --- base: what the service runs on ---
FROM docker.io/library/debian:bookworm-slim AS base
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl libstdc++6 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd -m -u 1000 user
USER user
WORKDIR /home/user/app
COPY --chown=user --from=build /home/user/java /home/user/java
COPY --chown=user --from=build /home/user/build/target/lib ./lib
COPY --chown=user --from=build /home/user/build/target/docent.jar ./
COPY --chown=user config ./config
ENV PATH=/home/user/java/bin:$PATH \
    DOCENT_DATA=/tmp/docent \
    PORT=7860

# --- train: a real run, whose loaded classes and profiles make later starts fast ---
FROM base AS train
COPY --chown=user .ci/train ./train
RUN bash ./train

FROM base
COPY --chown=user --from=train /home/user/app/docent.aot ./
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:7860/api/health/live"]
CMD ["java", "-XX:AOTCache=docent.aot", "-XX:+UseSerialGC", "-XX:MaxRAMPercentage=60", "--enable-native-access=ALL-UNNAMED", "-jar", "docent.jar"]
