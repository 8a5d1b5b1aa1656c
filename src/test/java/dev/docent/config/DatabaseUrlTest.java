package dev.docent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.config.DatabaseUrl.Host;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://me:pw@db.example/app?sslmode=require",
                "postgres://me:pw@db.example/app?sslmode=require",
                "postgresql+asyncpg://me:pw@db.example:5432/app?sslmode=require",
                "postgresql+psycopg://me:pw@DB.Example/app?sslmode=require",
                "jdbc:postgresql://db.example/app?user=me&password=pw&sslmode=require",
                "psql 'postgresql://me:pw@db.example/app?sslmode=require'",
                "psql postgresql://me:pw@db.example/app?sslmode=require",
                "DATABASE_URL=postgresql://me:pw@db.example/app?sslmode=require",
                "export DATABASE_URL=\"postgresql://me:pw@db.example/app?sslmode=require\"",
                "  'postgresql://me:pw@db.example/app?sslmode=require'\n"
            })
    void takesWhatPeoplePaste(String pasted) {
        DatabaseUrl url = DatabaseUrl.parse(pasted);
        assertThat(url.hosts()).containsExactly(new Host("db.example", 5432));
        assertThat(url.database()).isEqualTo("app");
        assertThat(url.user()).isEqualTo("me");
        assertThat(url.secret().reveal()).isEqualTo("pw");
        assertThat(url.parameters()).isEqualTo(Map.of("sslmode", "require"));
    }

    @Test
    void decodesPercentAndKeepsPlus() {
        DatabaseUrl url =
                DatabaseUrl.parse("postgresql://m%40e:a+b%2Fc%25%C3%A4:@h/d%20b?x=1%262&y=a=b");
        assertThat(url.user()).isEqualTo("m@e");
        assertThat(url.secret().reveal()).isEqualTo("a+b/c%ä:");
        assertThat(url.database()).isEqualTo("d b");
        assertThat(url.parameters()).isEqualTo(Map.of("x", "1&2", "y", "a=b"));
    }

    @Test
    void takesSeveralHostsAndAddressesOfBothKinds() {
        assertThat(DatabaseUrl.parse("postgresql://u@[::1]:6543,10.0.0.1,b.example:5433").hosts())
                .isEqualTo(
                        List.of(
                                new Host("::1", 6543),
                                new Host("10.0.0.1", 5432),
                                new Host("b.example", 5433)));
    }

    @Test
    void takesTheUsersNameForTheDatabaseWhereThereIsNone() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://me@h");
        assertThat(url.database()).isEqualTo("me");
        assertThat(url.secret().reveal()).isEmpty();
    }

    @Test
    void showsNoPassword() {
        assertThat(DatabaseUrl.parse("postgresql://me:canary@h/d").toString())
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary",
                "mysql://u:canary@h/d",
                "https://canary.example",
                "postgresql://u:canary",
                "postgresql://u:can/ary@h/d",
                "postgresql://u:canary@/d",
                "postgresql://u:canary@h:0/d",
                "postgresql://u:canary@h:70000/d",
                "postgresql://u:canary@h,,g/d",
                "postgresql://u:canary%zz@h/d",
                "postgresql://:canary@h/d",
                "postgresql://h/canary"
            })
    void refusesTheRestWithoutRepeatingIt(String pasted) {
        assertThatThrownBy(() -> DatabaseUrl.parse(pasted))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .extracting(Throwable::getMessage)
                .asString()
                .matches("(is|has|names) .*")
                .doesNotContain("canary", "zz", "ary@");
    }
}
