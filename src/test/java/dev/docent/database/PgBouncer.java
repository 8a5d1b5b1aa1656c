package dev.docent.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A real PgBouncer with TLS before the tests' PostgreSQL, in transaction mode. It knows the
 * databases {@code postgres} and {@code dead}, behind which nothing listens.
 */
final class PgBouncer implements AutoCloseable {
    private static final String STORE = "changeit";

    private final int port = freePort();
    private final Process process;

    private PgBouncer(Path folder) throws IOException, GeneralSecurityException {
        certificate(folder);
        Files.writeString(folder.resolve("users"), "\"postgres\" \"canary-pw\"\n");
        Path ini =
                Files.writeString(
                        folder.resolve("pgbouncer.ini"),
                        """
                        [databases]
                        postgres = host=127.0.0.1 port=%d dbname=postgres user=postgres
                        dead = host=127.0.0.1 port=%d dbname=postgres user=postgres
                        [pgbouncer]
                        listen_addr = 127.0.0.1
                        listen_port = %d
                        unix_socket_dir =
                        auth_type = scram-sha-256
                        auth_file = %s/users
                        pool_mode = transaction
                        query_wait_timeout = 2
                        client_tls_sslmode = require
                        client_tls_key_file = %s/key.pem
                        client_tls_cert_file = %s/certificate.pem
                        """
                                .formatted(
                                        Postgres.port(), freePort(), port, folder, folder, folder));
        // PgBouncer does not run as root, and another user must be able to read.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> command = new ArrayList<>(List.of("pgbouncer", "-q", ini.toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(1, List.of("-u", "nobody"));
        }
        process = new ProcessBuilder(command).inheritIO().start();
    }

    /** Starts it and waits until it listens. */
    static PgBouncer start(Path folder) {
        try {
            PgBouncer started = new PgBouncer(folder);
            while (!started.listens()) {
                if (!started.process.isAlive()) {
                    throw new IllegalStateException("pgbouncer ended; its output stands above");
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return port;
    }

    private boolean listens() {
        try (Socket trial = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return trial.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Made by the JDK's keytool. */
    private static void certificate(Path folder) throws IOException, GeneralSecurityException {
        Path store = folder.resolve("store.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "it",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=127.0.0.1",
                                "-keystore",
                                store.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                STORE)
                        .inheritIO()
                        .start();
        if (keytool.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("keytool failed; its output stands above");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE.toCharArray());
        }
        pem(
                folder.resolve("key.pem"),
                "PRIVATE KEY",
                keys.getKey("it", STORE.toCharArray()).getEncoded());
        pem(
                folder.resolve("certificate.pem"),
                "CERTIFICATE",
                keys.getCertificate("it").getEncoded());
    }

    private static void pem(Path file, String what, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder().encodeToString(content);
        Files.writeString(
                file, "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
