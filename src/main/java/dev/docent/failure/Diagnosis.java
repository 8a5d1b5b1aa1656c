package dev.docent.failure;

import java.util.Locale;

/**
 * The kinds of problem, warning and failure, each with a code that owners and machines can rely on:
 * it stands behind the sentence in the log, in the report of a start, in {@code docent check} and
 * in the health report, and the README explains it. A kind is what has one remedy; the sentence
 * with the names and numbers stands where the failure is noticed.
 *
 * <p>A new kind is one line at the end here, with the next number. A number is never given to
 * another kind: a kind that nothing tells any more keeps its line.
 */
public enum Diagnosis {
    MISSING(
            1,
            "a setting that is needed is not set, or empty",
            "set it; the message says where its value comes from"),
    OTHER_NAME(
            2,
            "a needed setting is not set, but a variable of a similar name is",
            "store it under the name that the message gives"),
    UNKNOWN_NAME(3, "a variable or a key is none of Docent's", "correct its name, or take it out"),
    NOT_USED(
            4,
            "a variable is set that this mode does not use",
            "leave it, or choose the mode that uses it"),
    FILE_UNREADABLE(5, "a file that a variable names cannot be read", "name a readable text file"),
    FILE_MALFORMED(
            6, "a line of the `.env` file or the YAML cannot be understood", "correct that line"),
    KEY_TWICE(7, "a key stands twice in the YAML, or a variable in the `.env` file", "keep one"),
    CLEANED(8, "blanks, quotes, line ends or a prefix came off a value", "store the bare value"),
    BAD_VALUE(
            9, "the value of a setting is none that it takes", "write one that the message names"),
    SPACE_PORT(10, "a Space waits for another port than `PORT` names", "leave `PORT` unset"),
    PASTED_TOO_MUCH(
            11,
            "more than the value was pasted: lines of a file, several values, another name",
            "store the one bare value"),
    PLACEHOLDER(12, "the value is still an example's", "put your own in its place"),
    REFERENCE(
            13,
            "the value refers to another variable, which nothing replaces",
            "store the value itself"),
    MASKED(14, "the value is a copy with stars or dots in it", "use the page's copy button"),
    BAD_CHARACTER(15, "the value has a character that cannot be in it", "copy it anew"),
    OTHER_KIND(
            16,
            "the value is, or looks like, one that belongs elsewhere",
            "store it under its own name"),
    UNLIKELY(
            17,
            "the value does not look like one of its kind",
            "compare it with where it comes from"),
    KEY_EXPIRED(18, "the key says that it has expired", "create a new one"),
    KEY_EXPIRES_SOON(19, "the key says that it expires within a week", "renew it before"),
    BAD_ADDRESS(20, "the value is no address of its kind", "write it like the example"),
    TLS_NEEDED(
            21,
            "the address leaves out TLS, and its host accepts nothing else",
            "begin it with https://, or append sslmode=require"),
    PATH_NOT_USED(
            22,
            "a path behind the host does not belong there",
            "end the address after host and port"),
    PRIVATE_ADDRESS(
            23,
            "the address is one of this machine or a private network, which a Space cannot reach",
            "use one on the internet"),
    NO_SCHEME(24, "the address has no scheme, and one is taken", "write it out"),
    OTHER_PORT(25, "the port is that of another protocol", "write the port that the message names"),
    BAD_NAME(
            26,
            "the value cannot be the name of a collection or model",
            "write the name as its owner shows it"),
    MODEL_RETIRES(27, "the model has ended, or ends soon", "set one that the message names"),
    PASSWORD_CUT(
            28,
            "a reserved character in a password cuts the address in two",
            "write it with a percent sign, such as %40 for @"),
    PASSWORD_MISSING(29, "the connection string has no password", "copy it whole"),
    DATABASE_NAME_MISSING(
            30, "the connection string names no database", "put its name behind the host"),
    BAD_PARAMETER(
            31,
            "a parameter of the connection string does not exist",
            "write the one that the message names"),
    TLS_OPTIONAL(32, "the password may travel without TLS", "append sslmode=require"),
    BAD_ORIGIN(33, "an entry is no origin", "write scheme and host, as the browser shows them"),
    WIDE_ORIGIN(
            34,
            "strangers' sites fit a star in the list",
            "keep a name of yours on both sides of the star"),
    UNLIKELY_ORIGIN(
            35, "an entry may match no page of a reader", "write it as the browser shows it"),
    GEMINI_KEY_REFUSED(
            36,
            "Google does not know the key, or it has expired, is blocked, or is none",
            "create a key and set `GEMINI_API_KEY`"),
    GEMINI_KEY_RESTRICTED(
            37,
            "a restriction of the key keeps this service out",
            "take it off, or allow the Generative Language API"),
    GEMINI_NOT_ENABLED(38, "the API is not enabled in the key's project", "enable it there"),
    GEMINI_BILLING_MISSING(39, "the key's project has no billing account", "enable billing"),
    GEMINI_PROJECT_REFUSED(40, "Google refuses the whole project", "create a key in another one"),
    GEMINI_NOT_ALLOWED(
            41,
            "the key may not use the API",
            "do what Google's words say, else create another key"),
    GEMINI_PLACE_REFUSED(
            42,
            "Google does not offer the API, or its free tier, in this place or to this project",
            "run the service elsewhere, or enable billing"),
    GEMINI_NO_MONEY(
            43,
            "credits are used up, or a spending cap is reached",
            "add credits, or raise the cap"),
    GEMINI_NOT_FREE(
            44,
            "the free tier does not include the model",
            "enable billing, or choose another model"),
    GEMINI_DAY_USED_UP(
            45,
            "the quota by the day is used up",
            "enable billing, or wait for midnight Pacific time"),
    GEMINI_MINUTE_USED_UP(
            46, "the quota by the minute is used up", "wait; enable billing if it happens often"),
    GEMINI_NO_MODEL(
            47, "Google has no such model, or no longer", "set the one that the message names"),
    GEMINI_OTHER_MODEL(
            48,
            "the model cannot do what it is set for, or makes vectors of another length",
            "set another one, or `DOCENT_GEMINI_DIMENSION`"),
    GEMINI_REQUEST_REFUSED(
            49, "Google finds a request wrong", "check the settings that the message names"),
    GEMINI_NOT_THE_API(50, "what answers is not Google's API", "check `GEMINI_BASE_URL`"),
    GEMINI_OVERLOADED(51, "Google is overloaded", "wait; Docent tries again"),
    GEMINI_UNREACHABLE(
            52, "no connection to Google comes about", "check the network, and `GEMINI_BASE_URL`"),
    GEMINI_LATE(53, "an answer of the model took too long", "try a faster model if it stays"),
    GEMINI_BLOCKED(
            54,
            "the model's own rules blocked a question or an answer",
            "look at what the documents say around it"),
    GEMINI_BROKE_OFF(
            55, "an answer ended before it was whole", "try another model if it happens often"),
    GEMINI_EMPTY(
            56,
            "an answer holds no text",
            "as the message says; for MAX_TOKENS, allow more of them"),
    QDRANT_KEY_REFUSED(
            57,
            "the cluster does not accept the key, or needs one",
            "create a key of this cluster"),
    QDRANT_KEY_TOO_NARROW(
            58,
            "the key may not do what is needed",
            "create one with the rights that the message names"),
    QDRANT_NO_COLLECTION(
            59, "the collection is not there", "correct `QDRANT_COLLECTION`, or fill it"),
    QDRANT_GONE(
            60,
            "what answers is not Qdrant; the cluster may be suspended or deleted",
            "look at its dashboard"),
    QDRANT_HOST_UNKNOWN(61, "the name of Qdrant's host does not resolve", "correct `QDRANT_URL`"),
    QDRANT_PORT_BLOCKED(
            62,
            "no connection to Qdrant comes about in time",
            "use port 443 where others are blocked"),
    QDRANT_UNREACHABLE(63, "Qdrant's port refuses connections", "look whether Qdrant runs there"),
    QDRANT_OTHER_PROTOCOL(
            64, "Qdrant's port speaks another protocol", "use 6334 for gRPC, 6333 or 443 for REST"),
    QDRANT_TLS(
            65,
            "TLS with Qdrant does not come about, or is needed",
            "begin `QDRANT_URL` with the other scheme"),
    QDRANT_LATE(66, "Qdrant did not answer in time", "look at the cluster's load"),
    QDRANT_OVERLOADED(67, "Qdrant limits the rate of requests", "wait, or raise the limit"),
    QDRANT_FULL(
            68,
            "Qdrant has no memory or disk left",
            "delete collections, or take a larger cluster"),
    QDRANT_FAILED(69, "Qdrant itself failed", "look at its status and log if it stays"),
    QDRANT_REQUEST_REFUSED(
            70, "Qdrant finds a request wrong", "look at the collection's strict mode"),
    OTHER_VECTORS(
            71,
            "the index was filled by another embedding model",
            "configure that one, or fill it anew"),
    QDRANT_OTHER_LAYOUT(
            72,
            "the collection was made by something else and cannot be searched or read",
            "choose another one and fill it"),
    UPDATE_RUNNING(
            73,
            "another ingestion of this index runs, or has replaced it",
            "wait until it has ended"),
    DATABASE_TLS(
            74,
            "the database accepts only TLS, offers none, or its certificate does not fit",
            "change `sslmode`"),
    DATABASE_NOT_FROM_HERE(
            75,
            "the database lets nobody in from this address",
            "add a line to its allow-list or `pg_hba.conf`"),
    DATABASE_LOGIN_PARAMETER(
            76,
            "the server does not take a parameter of the connection, or asks for one more",
            "change it in `DATABASE_URL`"),
    DATABASE_PASSWORD_REFUSED(
            77, "the database refuses the password or the user", "copy the connection string anew"),
    DATABASE_MISSING(78, "there is no such database", "create it, or name one that exists"),
    DATABASE_USED_UP(
            79, "the database's quota or disk is used up", "free some room, or take a larger plan"),
    DATABASE_SWITCHED_OFF(
            80, "the database is disabled or suspended at its provider", "enable it there"),
    DATABASE_ENDPOINT_MISSING(
            81, "there is no database at this host", "copy the connection string anew"),
    DATABASE_TOO_MANY(
            82, "the database has too many connections open", "use the pooled connection string"),
    DATABASE_POOLER(
            83, "a pooler gets no connection to its database", "look at the server behind it"),
    DATABASE_STARTING(84, "the database starts or stops", "wait"),
    DATABASE_HOST_UNKNOWN(
            85,
            "the name of the database's host does not resolve",
            "compare `DATABASE_URL` with the provider's"),
    DATABASE_PORT_BLOCKED(
            86,
            "no connection to the database comes about in time",
            "try from another machine: `docent check`"),
    DATABASE_UNREACHABLE(
            87,
            "the database cannot be reached, or refuses the connection",
            "look whether it runs and the port is right"),
    DATABASE_NO_RIGHT(88, "the user may not use or create the tables", "grant it the right"),
    DATABASE_READ_ONLY(89, "the database accepts no writing", "use the primary"),
    DATABASE_OTHER_TABLES(
            90,
            "the tables are others than Docent's, or changed",
            "name another database, or restart"),
    DATABASE_FAILED(91, "the database failed in another way", "look at its own words, and its log"),
    DATABASE_LATE(
            92, "the database did not answer in time", "look at its load; it may have been asleep"),
    DATA_FOLDER(
            93,
            "the data folder cannot be used: rights, disk, version, or another instance",
            "make room, or set `DOCENT_DATA`"),
    DOCS_UNREADABLE(
            94,
            "the documentation cannot be read",
            "set `DOCENT_DOCS` to a folder of Markdown files"),
    MODEL_BROKEN(
            95,
            "the embedding model in this process does not work",
            "look at the log, and for memory"),
    STARTING(96, "the service is still starting or reading", "wait for `docent: ready`"),
    BUSY(97, "too many calls are under way", "nothing if it is rare"),
    LATE(
            98,
            "a part or an answer did not come in time",
            "look what keeps the machine or the model busy"),
    STOPPING(99, "the service is being stopped", "nothing"),
    BUDGET_USED_UP(100, "the day's budget is used up", "raise `budget.*`, or wait for tomorrow"),
    BUG(101, "something broke that should not", "report it, with the log"),
    EMPTY(102, "the collection is empty", "fill it: docent ingest DIR"),
    INDEX_BEHIND(
            103,
            "a checkout of the site is at another commit than its index",
            "bring the index up to date: docent ingest DIR"),
    ORIGIN_REFUSED(
            104,
            "a page of a site that is not in `ALLOWED_ORIGINS` has asked",
            "add the site if it is yours"),
    OLD_HTTP(
            105,
            "a request came with HTTP/1.0, which is not spoken here",
            "let your proxy speak HTTP/1.1"),
    FEW_CONNECTIONS(
            106,
            "fewer connections are served than `server.max-connections` says",
            "give the process a larger heap, or let it open more files");

    private final int number;
    private final String what;
    private final String remedy;

    Diagnosis(int number, String what, String remedy) {
        this.number = number;
        this.what = what;
        this.remedy = remedy;
    }

    /** The code as it is written everywhere, for example {@code DOCENT-017}. */
    public String code() {
        return String.format(Locale.ROOT, "DOCENT-%03d", number);
    }

    /** What is the matter, in a few words, without what differs from case to case. */
    public String what() {
        return what;
    }

    /** What the owner can do about it, in a few words. */
    public String remedy() {
        return remedy;
    }
}
