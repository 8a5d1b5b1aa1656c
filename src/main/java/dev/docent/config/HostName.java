package dev.docent.config;

import java.util.regex.Pattern;

/** Checks of a host's name or address, without looking it up. */
public final class HostName {
    private static final Pattern NAME =
            Pattern.compile(
                    "(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
                            + "(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\\.?");

    private static final Pattern IPV6 =
            Pattern.compile("(?=.*:)[0-9a-f:.]{2,45}(%[a-z0-9]{1,15})?");

    private static final Pattern PRIVATE =
            Pattern.compile(
                    "[^.:]+|.+\\.(local|internal|localhost|lan|home\\.arpa)"
                            + "|127\\..*|10\\..*|192\\.168\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*"
                            + "|169\\.254\\..*|::1|f[cd][0-9a-f]{2}:.*|fe80:.*");

    private HostName() {}

    /** Whether this lower-case text can be a host: a DNS name, IPv4, or IPv6 without brackets. */
    public static boolean valid(String host) {
        return host.indexOf(':') < 0 ? NAME.matcher(host).matches() : IPV6.matcher(host).matches();
    }

    /**
     * Whether the host is this machine or one of a private network: loopback, RFC 1918, link-local,
     * unique local, {@code .local}, {@code .internal}, or a name without a dot as Docker Compose
     * and Kubernetes give it.
     */
    public static boolean isPrivate(String host) {
        return PRIVATE.matcher(host).matches();
    }
}
