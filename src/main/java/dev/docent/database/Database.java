package dev.docent.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.docent.database.DatabaseFailures.NoConnection;
import dev.docent.failure.DependencyException;
import dev.docent.waiting.TimeLimit;
import dev.docent.waiting.TimeLimit.Leftover;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbTransaction;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import io.helidon.dbclient.jdbc.JdbcParametersConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Access to a database: transactions with a deadline, over a pool that is opened on first use.
 * Thread-safe.
 *
 * <p>Work runs on a virtual thread of its own, so that its caller can stop waiting at the deadline
 * or when interrupted.
 */
final class Database implements AutoCloseable {
    private final Engine engine;
    private final DatabaseSettings.Limits limits;
    private final TimeLimit limit;
    private final ExecutorService workers =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("database-", 0).factory());
    private final ReentrantLock opening = new ReentrantLock();
    private @Nullable Pool pool;
    private volatile boolean migrated;

    Database(Engine engine, DatabaseSettings.Limits limits) {
        this.engine = engine;
        this.limits = limits;
        this.limit =
                new TimeLimit(
                        limits.call(), engine.interruptible() ? Leftover.INTERRUPT : Leftover.DROP);
    }

    /**
     * Runs work in a transaction, with the tables in place. If the server has closed the
     * connection, the work is repeated once on a new one, so it must be repeatable.
     */
    <T> T call(Function<DbTransaction, T> work) {
        return within(() -> again(migrated(), work, DbTransaction::commit));
    }

    /** Does the same and takes it back, to see whether it would work. */
    <T> T rehearse(Function<DbTransaction, T> work) {
        return within(() -> again(migrated(), work, DbTransaction::rollback));
    }

    /** Runs work in a transaction, without creating or checking tables. */
    <T> T look(Function<DbTransaction, T> work) {
        return within(() -> again(pool(), work, DbTransaction::commit));
    }

    private <T> T within(Callable<T> work) {
        try {
            return limit.await(workers.submit(work));
        } catch (RejectedExecutionException e) {
            throw new DependencyException(DatabaseFailures.closed(), e);
        } catch (TimeoutException e) {
            throw new DependencyException(DatabaseFailures.slow(limits.call()), e);
        } catch (CancellationException e) {
            throw new DependencyException(DatabaseFailures.interrupted(), e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    private DependencyException failure(@Nullable Throwable error) {
        if (error instanceof DependencyException known) {
            return new DependencyException(known.failure(), known);
        }
        return DatabaseFailures.sql(error)
                .map(sql -> new DependencyException(engine.failure(sql), error))
                .orElseGet(() -> new DependencyException(DatabaseFailures.unexpected(), error));
    }

    private <T> T again(Pool open, Function<DbTransaction, T> work, Consumer<DbTransaction> end)
            throws InterruptedException, SQLException {
        try {
            return once(open, work, end);
        } catch (RuntimeException e) {
            if (DatabaseFailures.databaseClosed(e)) {
                drop(open);
                return once(pool(), work, end);
            }
            if (!DatabaseFailures.connectionLost(e)) {
                throw e;
            }
            // The idle connections in the pool are most likely closed, too.
            open.source.getHikariPoolMXBean().softEvictConnections();
            return once(open, work, end);
        }
    }

    private static <T> T once(
            Pool open, Function<DbTransaction, T> work, Consumer<DbTransaction> end) {
        DbTransaction transaction = open.client.transaction();
        try {
            T result = work.apply(transaction);
            end.accept(transaction);
            return result;
        } catch (NoConnection e) {
            throw e;
        } catch (RuntimeException e) {
            try {
                transaction.rollback();
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /** Created once per pool, because it searches the class path for mappers. */
    private static DbClient client(HikariDataSource open) {
        return JdbcClientBuilder.create()
                .parametersSetter(JdbcParametersConfig.builder().useStringBinding(false).build())
                .connectionPool(() -> {
                    try {
                        return open.getConnection();
                    } catch (SQLException e) {
                        throw new NoConnection(e);
                    }
                })
                .build();
    }

    /** The pool of a database with the tables in place. */
    private Pool migrated() throws InterruptedException, SQLException {
        Pool open = pool();
        if (migrated && engine.gone()) {
            drop(open);
            open = pool();
        }
        if (!migrated) {
            migrate(open);
        }
        return open;
    }

    /** Closes a pool, so that the next call opens another, and looks for the tables. */
    private void drop(Pool useless) throws InterruptedException {
        opening.lockInterruptibly();
        try {
            if (useless.equals(pool)) {
                pool = null;
                migrated = false;
                useless.source.close();
            }
        } finally {
            opening.unlock();
        }
    }

    private void migrate(Pool open) throws InterruptedException, SQLException {
        opening.lockInterruptibly();
        try {
            if (!migrated) {
                again(
                        open,
                        transaction -> {
                            engine.migrate(transaction);
                            return true;
                        },
                        DbTransaction::commit);
                migrated = true;
            }
        } finally {
            opening.unlock();
        }
    }

    /**
     * The pool, opened by the first call, because a start must not wait for a database that sleeps
     * or is down. The first connection is made outside of the pool, which would retry until its
     * timeout even after a wrong password.
     */
    private Pool pool() throws InterruptedException, SQLException {
        opening.lockInterruptibly();
        try {
            if (pool == null) {
                HikariDataSource source = open();
                pool = new Pool(source, client(source));
            }
            return pool;
        } finally {
            opening.unlock();
        }
    }

    private HikariDataSource open() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setPoolName("conversations");
        config.setMaximumPoolSize(limits.connections());
        config.setConnectionTimeout(limits.connect().toMillis());
        config.setKeepaliveTime(0);
        config.setInitializationFailTimeout(-1);
        engine.configure(config);
        Properties login = new Properties();
        login.putAll(config.getDataSourceProperties());
        login.setProperty("user", config.getUsername());
        login.setProperty("password", config.getPassword());
        try (Connection _ = DriverManager.getConnection(config.getJdbcUrl(), login)) {
            return new HikariDataSource(config);
        }
    }

    /** Waits for running work, which has a deadline, and closes the connections. */
    @Override
    public void close() {
        workers.shutdown();
        boolean interrupted = false;
        try {
            if (!workers.awaitTermination(limits.call().toMillis(), TimeUnit.MILLISECONDS)
                    && engine.interruptible()) {
                workers.shutdownNow();
            }
        } catch (InterruptedException _) {
            interrupted = true;
        }
        opening.lock();
        try {
            if (pool != null) {
                pool.source.close();
            }
        } finally {
            opening.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private record Pool(HikariDataSource source, DbClient client) {}
}
