package dev.docent.database;

/**
 * Facts about a database.
 *
 * @param product name and version, for example {@code PostgreSQL 18.4}
 * @param encrypted whether the connection is encrypted; false where there is none
 * @param mayCreate whether tables may be created
 * @param tablesThere whether the tables of the conversations exist already
 */
public record DatabaseInfo(
        String product, boolean encrypted, boolean mayCreate, boolean tablesThere) {}
