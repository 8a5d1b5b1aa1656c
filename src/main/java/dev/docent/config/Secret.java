package dev.docent.config;

/**
 * A value that must not be seen. Only {@link #reveal} returns it, so a search for that name finds
 * every place where a secret leaves its wrapper. Equality is identity, because nothing needs to
 * compare secrets. Immutable.
 */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Wraps a value. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The value itself, for the one call that hands it to a library. */
    public String reveal() {
        return value;
    }

    /** Whether it can be sent as the value of a header. */
    public boolean sendable() {
        return !value.isEmpty() && value.chars().allMatch(Secret::sendable);
    }

    /** Whether a header can hold a character: only visible ASCII. */
    public static boolean sendable(int character) {
        return character > ' ' && character < 127;
    }

    /** Five asterisks, whatever the value. */
    @Override
    public String toString() {
        return "*****";
    }
}
