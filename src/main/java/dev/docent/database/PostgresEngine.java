package dev.docent.database;

import com.zaxxer.hikari.HikariConfig;
import dev.docent.config.DatabaseUrl;
import dev.docent.failure.Failure;
import io.helidon.dbclient.DbTransaction;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * PostgreSQL through pgjdbc. Nothing here or in the statements depends on a session, so that it
 * works behind a pooler in transaction mode, such as Neon's hosts with {@code -pooler}: no SET, no
 * LISTEN, no lock that outlives its transaction, and no prepared statement on the server
 * (https://www.pgbouncer.org/features.html).
 */
final class PostgresEngine implements Engine {

    /** Parameters of libpq that have the same values in pgjdbc, with pgjdbc's names for them. */
    private static final Map<String, String> SAME_VALUE =
            Map.of(
                    "sslmode", "sslmode",
                    "sslcert", "sslcert",
                    "sslkey", "sslkey",
                    "sslnegotiation", "sslNegotiation",
                    "channel_binding", "channelBinding",
                    "require_auth", "requireAuth",
                    "application_name", "ApplicationName",
                    "gssencmode", "gssEncMode");

    /** The values of libpq's {@code target_session_attrs} in pgjdbc. */
    private static final Map<String, String> TARGETS =
            Map.of(
                    "read-write", "primary",
                    "primary", "primary",
                    "read-only", "secondary",
                    "standby", "secondary",
                    "prefer-standby", "preferSecondary");

    private final DatabaseUrl url;
    private final DatabaseSettings.Limits limits;
    private final PostgresFailures failures;

    PostgresEngine(DatabaseUrl url, DatabaseSettings.Limits limits) {
        this.url = url;
        this.limits = limits;
        this.failures = new PostgresFailures(url, limits);
    }

    @Override
    public void configure(HikariConfig pool) {
        pool.setJdbcUrl(
                url.hosts().stream()
                                .map(PostgresEngine::address)
                                .collect(Collectors.joining(",", "jdbc:postgresql://", "/"))
                        + URLEncoder.encode(url.database(), StandardCharsets.UTF_8));
        pool.setUsername(url.user());
        pool.setPassword(url.secret().reveal());
        pool.addDataSourceProperty("ApplicationName", "docent");
        pool.addDataSourceProperty("connectTimeout", seconds(limits.reaching(url)));
        parameters(pool);
        // Limits the whole login; connectTimeout and socketTimeout only limit its steps. It ends
        // before the pool gives up, which would not know why.
        pool.addDataSourceProperty(
                "loginTimeout", seconds(limits.connect().multipliedBy(9).dividedBy(10)));
        pool.addDataSourceProperty("socketTimeout", seconds(limits.answer()));
        pool.addDataSourceProperty("prepareThreshold", "0");
        // Error details quote rows, which hold readers' texts.
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(limits.idle().toMillis());
        pool.setMaxLifetime(limits.lifetime().toMillis());
    }

    /**
     * Passes the URL's parameters on under pgjdbc's names. Others are dropped, also {@code
     * options}: Neon's {@code endpoint=…} is for clients without SNI, and poolers refuse other
     * ones.
     */
    private void parameters(HikariConfig pool) {
        SAME_VALUE.forEach((name, property) ->
                url.parameter(name)
                        .ifPresent(value -> pool.addDataSourceProperty(property, value)));
        url.parameter("target_session_attrs")
                .map(TARGETS::get)
                .ifPresent(value -> pool.addDataSourceProperty("targetServerType", value));
        boolean keepAlive = !url.parameter("keepalives").orElse("1").equals("0");
        pool.addDataSourceProperty("tcpKeepAlive", String.valueOf(keepAlive));
        String roots = url.parameter("sslrootcert").orElse("system");
        if (!roots.equals("system")) {
            pool.addDataSourceProperty("sslrootcert", roots);
        } else if (url.parameter("sslmode").orElse("").startsWith("verify-")) {
            // By default pgjdbc looks for a file in the home folder, which a container does not
            // have.
            pool.addDataSourceProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
    }

    private static String address(DatabaseUrl.Host host) {
        String name = host.name().contains(":") ? "[" + host.name() + "]" : host.name();
        return name + ":" + host.port();
    }

    @Override
    public boolean gone() {
        return false;
    }

    @Override
    public boolean interruptible() {
        return true;
    }

    @Override
    public String json(String parameter) {
        return "cast(" + parameter + " as jsonb)";
    }

    @Override
    public void migrate(DbTransaction transaction) {
        PostgresSchema.migrate(transaction);
    }

    @Override
    public DatabaseInfo describe(DbTransaction transaction) {
        return Statements.describe(
                transaction,
                "'PostgreSQL ' || current_setting('server_version')",
                """
                coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false)\
                """,
                """
                coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)
                    and not pg_is_in_recovery()\
                """);
    }

    @Override
    public Failure failure(SQLException error) {
        return failures.of(error);
    }

    private static String seconds(Duration duration) {
        return String.valueOf(Math.max(1, duration.toSeconds()));
    }
}
